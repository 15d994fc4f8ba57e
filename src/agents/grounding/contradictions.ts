import type { Evidence, EvidenceTopic } from '../evidence.ts';

/** What is decided about a finding, as its evidence says it. */
interface Decided {
  readonly isListed: boolean;
  readonly isRansomware: boolean;
  readonly exploitation: string | null;
  readonly levels: readonly string[];
}

function decidedOf(evidence: readonly Evidence[]): Decided {
  const text = (topic: EvidenceTopic) =>
    evidence
      .filter((piece) => piece.topic === topic)
      .map((piece) => piece.text)
      .join('; ');
  const kev = text('kev');
  const levels = [
    ...text('risk').matchAll(/level (\w+)/g),
    ...text('cvss').matchAll(/\b(NONE|LOW|MEDIUM|HIGH|CRITICAL)\b/g),
  ];
  return {
    isListed: kev !== '',
    isRansomware: /ransomware/.test(kev),
    exploitation: /exploitation (\w+)/.exec(text('ssvc'))?.[1] ?? null,
    levels: levels.map(([, level = '']) => level.toLowerCase()),
  };
}

const NEGATED = /\b(?:no|not|never|none|without|nor|lacks?|neither|unknown|cannot|isn't|hasn't)\b/i;
const LEVEL_CLAIM =
  /\b(?:risk|rat(?:ed|ing)|severity|level|priority)\b[^.;,]{0,24}\b(critical|high|medium|moderate|low|none|negligible|minimal)\b|\b(critical|high|medium|moderate|low|negligible|minimal)[- ](?:risk|severity|rated|priority|level)\b/gi;
const EXPLOITATION_CLAIM =
  /\b(?:actively|currently|widely|known to be|been|being)\s+exploited\b|\bin the wild\b|\b(?:active|known) exploitation\b|\bexploited (?:since|in|by)\b/i;
const PUBLIC_EXPLOIT_CLAIM = /\bproof[- ]of[- ]concept|\bpublic(?:ly available)? exploits?\b/i;

/** What in a sentence contradicts the decisions: the level, known exploitation, ransomware, public exploits. Null: nothing. */
export function contradictionIn(sentence: string, evidence: readonly Evidence[]): string | null {
  const decided = decidedOf(evidence);
  const isNegated = NEGATED.test(sentence);
  return (
    levelContradiction(sentence, decided) ??
    exploitationContradiction(sentence, isNegated, decided) ??
    ransomwareContradiction(sentence, isNegated, decided)
  );
}

function levelContradiction(sentence: string, { levels }: Decided): string | null {
  for (const match of sentence.matchAll(LEVEL_CLAIM)) {
    const level = (match[1] ?? match[2] ?? '').toLowerCase();
    if (!levels.includes(level === 'moderate' ? 'medium' : level)) return `the level "${level}"`;
  }
  return null;
}

function exploitationContradiction(
  sentence: string,
  isNegated: boolean,
  { isListed, exploitation }: Decided,
): string | null {
  const isActive = isListed || exploitation === 'active';
  if (EXPLOITATION_CLAIM.test(sentence)) {
    if (!isActive && !isNegated) return 'exploitation that is not known';
    if (isActive && isNegated) return 'a denial of known exploitation';
  }
  const isUnknown = !isActive && exploitation !== 'public_poc';
  return PUBLIC_EXPLOIT_CLAIM.test(sentence) && !isNegated && isUnknown ? 'a public exploit that is not known' : null;
}

function ransomwareContradiction(sentence: string, isNegated: boolean, { isRansomware }: Decided): string | null {
  if (!/\bransomware\b/i.test(sentence)) return null;
  if (isRansomware) return isNegated ? 'a denial of known ransomware use' : null;
  return isNegated ? null : 'ransomware that is not known';
}
