import type { Evidence } from '../evidence.ts';
import { type Decided, decidedOf, isKnownActive } from './decided.ts';
import { denialContradiction, isDenial } from './denials.ts';

const LEVEL_CLAIM =
  /\b(?:risk|rat(?:ed|ing)|severity|level|priority)\b[^.;,]{0,24}\b(critical|high|medium|moderate|low|none|minimal)\b|\b(critical|high|medium|moderate|low|minimal)[- ](?:risk|severity|rated|priority|level)\b|\b(?:level|rating|severity)\s+(?:is|was|of|as)\s+(\w+)|\b(low|moderate|minimal|small|slight|marginal|modest)\b(?![- ](?:privilege|(?:attack )?complexity|level|memory|amount|number))/gi;
const EXPLOITATION_CLAIM =
  /\b(?:actively|currently|widely|known to be|been|being)\s+exploited\b|\bin the wild\b|\b(?:active|known) exploitation\b|\bexploited (?:since|in|at)\b|\b(?:is|are|was|were)\s+exploited\b(?!\s+(?:by|through|via|with|when|if|using))|\b(?:been|being) used (?:to|by|in)\b|\bexploitation\b[^.;]{0,12}\bconfirmed\b|\bconfirmed\b[^.;]{0,12}\bexploitation\b/i;
const PUBLIC_EXPLOIT_CLAIM = /\bproof[- ]of[- ]concept|\bpublic(?:ly available)? exploits?\b|\bexploit code\b/i;

/** What in a sentence contradicts what is decided or known: level, exploitation, SSVC, the vector's meaning, the kind of flaw. Null: nothing. */
export function contradictionIn(sentence: string, evidence: readonly Evidence[]): string | null {
  const decided = decidedOf(evidence);
  const isNegated = isDenial(sentence);
  return (
    levelContradiction(sentence, decided) ??
    exploitationContradiction(sentence, isNegated, decided) ??
    ransomwareContradiction(sentence, isNegated, decided) ??
    denialContradiction(sentence, isNegated, decided) ??
    ssvcContradiction(sentence, decided) ??
    vectorContradiction(sentence, decided) ??
    kindContradiction(sentence, decided) ??
    oddsContradiction(sentence, decided) ??
    rangeContradiction(sentence, decided)
  );
}

function levelContradiction(sentence: string, decided: Decided): string | null {
  for (const match of sentence.matchAll(LEVEL_CLAIM)) {
    const level = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase();
    if (isOfProbability(match, sentence) && isLow(decided)) continue;
    if (!decided.levels.includes(level === 'moderate' ? 'medium' : level)) return `the level "${level}"`;
  }
  return null;
}

/** Whether a word such as "low" is said of EPSS' probability and not of the risk. */
function isOfProbability(match: RegExpExecArray, sentence: string): boolean {
  if (match[4] === undefined) return false;
  const around = sentence.slice(Math.max(0, match.index - FIELD_REACH), match.index + match[0].length + FIELD_REACH);
  return (
    /\b(?:EPSS|probability|chance|odds)\b/i.test(around) && !/\b(?:risk|severity|level|priority|rated)\b/i.test(around)
  );
}

/** How far a word may stand from what it is said of, characters. */
const FIELD_REACH = 25;

function exploitationContradiction(sentence: string, isNegated: boolean, decided: Decided): string | null {
  const { exploitation, all } = decided;
  const isActive = isKnownActive(decided);
  if (EXPLOITATION_CLAIM.test(sentence)) {
    if (!isActive && !isNegated) return 'exploitation that is not known';
    if (isActive && isNegated) return 'a denial of known exploitation';
  }
  const isUnknown = exploitation !== 'public_poc' && !/proof[- ]of[- ]concept|exploit code|public exploit/.test(all);
  return PUBLIC_EXPLOIT_CLAIM.test(sentence) && !isNegated && isUnknown ? 'a public exploit that is not known' : null;
}

function ransomwareContradiction(sentence: string, isNegated: boolean, { isRansomware }: Decided): string | null {
  if (!/\bransomware\b/i.test(sentence)) return null;
  if (isRansomware) return isNegated ? 'a denial of known ransomware use' : null;
  return isNegated ? null : 'ransomware that is not known';
}

const SSVC_CLAIMS: readonly { readonly form: RegExp; readonly of: (decided: Decided) => string | null }[] = [
  { form: /\btechnical impact\b[^.;]{0,20}\b(partial|total)\b/gi, of: ({ technicalImpact }) => technicalImpact },
  { form: /\b(partial|total) technical impact\b/gi, of: ({ technicalImpact }) => technicalImpact },
  { form: /\bautomatable\b\W{0,4}(yes|no)\b/gi, of: ({ automatable }) => automatable },
  {
    form: /\bdeployer\b[^.;,]{0,25}\b(defer|scheduled|out[- _]of[- _]cycle|immediate)\b/gi,
    of: ({ deployer }) => deployer,
  },
  {
    form: /\bcoordinator\b[^.;,]{0,25}\b(track_star|track\*?|attend|act)(?!\w)/gi,
    of: ({ coordinator }) => coordinator,
  },
];

/** A decision that is named without whose it is must be one of the two. */
const DECISION_CLAIM =
  /\b(?:SSVC|decision)\b[^.;]{0,30}\b(track_star|track\*?|attend|act|defer|scheduled|immediate|out[- _]of[- _]cycle)(?!\w)/gi;

function ssvcContradiction(sentence: string, decided: Decided): string | null {
  for (const { form, of } of SSVC_CLAIMS) {
    for (const [, value = ''] of sentence.matchAll(form)) {
      const said = value.toLowerCase().replaceAll(/[- ]/g, '_').replace('track*', 'track_star');
      if (said !== of(decided)) return `the SSVC value "${value}"`;
    }
  }
  for (const [, value = ''] of sentence.matchAll(DECISION_CLAIM)) {
    const said = value.toLowerCase().replaceAll(/[- ]/g, '_').replace('track*', 'track_star');
    if (said !== decided.deployer && said !== decided.coordinator) return `the SSVC decision "${value}"`;
  }
  return null;
}

/** What a word says of a metric. */
const METRIC_CLAIMS: readonly { readonly words: RegExp; readonly metric: string; readonly values: string }[] = [
  { words: /\bphysical(?:ly)? (?:access|present|proximity)/i, metric: 'AV', values: 'P' },
  { words: /\blow (?:attack )?complexity\b/i, metric: 'AC', values: 'L' },
  { words: /\bhigh (?:attack )?complexity\b/i, metric: 'AC', values: 'H' },
  { words: /\badjacent\b/i, metric: 'AV', values: 'A' },
  { words: /\b(?:local access|locally|local (?:attackers?|users?))\b/i, metric: 'AV', values: 'LP' },
  { words: /\b(?:remotely|remote attackers?|over the (?:network|internet))\b/i, metric: 'AV', values: 'NA' },
  { words: /\bunauthenticated\b/i, metric: 'PR', values: 'N' },
  {
    words:
      /(?<!\b(?:not|no|nor|neither|without)\s+(?:any\s+|to\s+)?)\b(?:valid credentials|authenticated attackers?|needs? an account|log in|logged[- ]in|sign in|administrator privileges)\b/i,
    metric: 'PR',
    values: 'LH',
  },
  { words: /\b(?:users?|victims?) (?:must|has to|have to|needs? to)\b/i, metric: 'UI', values: 'RAP' },
];

/** Whether a sentence from outside says of an attack what its decided vector denies. */
export function isAgainstVector(sentence: string, evidence: readonly Evidence[]): boolean {
  return vectorContradiction(sentence, decidedOf(evidence)) !== null;
}

function vectorContradiction(sentence: string, { metrics, vectors, all }: Decided): string | null {
  const vector = /(?:CVSS:[\d.]+\/)?(?:\b[A-Z]{1,3}:[A-Z]{1,2}\b\/?)+/.exec(sentence)?.[0].replace(/\/$/, '');
  if (vector !== undefined && !vectors.includes(vector)) return 'a CVSS vector of its own';
  for (const { words, metric, values } of METRIC_CLAIMS) {
    const said = words.exec(sentence)?.[0];
    const value = metrics.get(metric);
    if (said === undefined || value === undefined || values.includes(value) || all.includes(said.toLowerCase()))
      continue;
    return `"${said}" against ${metric}:${value}`;
  }
  return null;
}

/** Kinds of flaws by the words that say them, and the words of evidence that carry them. */
const KINDS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bsql injection/i, /sql|cwe-89\b/],
  [/\bcross[- ]site scripting|\bxss\b/i, /cross[- ]site scripting|xss|cwe-79\b/],
  [/\bcsrf\b|cross[- ]site request/i, /csrf|cross[- ]site request|cwe-352\b/],
  [/\bssrf\b|server[- ]side request/i, /ssrf|server[- ]side request|cwe-918\b/],
  [
    /\b(?:buffer|heap|stack)[- ]?(?:based)?[^.;]{0,12}overflow/i,
    /overflow|out-of-bounds|cwe-12\d\b|cwe-787\b|cwe-119\b/,
  ],
  [/\buse[- ]after[- ]free/i, /use[- ]after[- ]free|uaf|cwe-416\b/],
  [/\b(?:path|directory) traversal/i, /traversal|cwe-22\b|\.\.\//],
  [/\b(?:command|code) injection/i, /inject|command|code|cwe-7[78]\b|cwe-94\b/],
  [/\bdeseriali[sz]ation/i, /deseriali|cwe-502\b/],
  [/\bxxe\b|xml external/i, /xxe|xml external|cwe-611\b/],
  [/\bopen redirect/i, /redirect|cwe-601\b/],
  [/\brace condition/i, /race|cwe-362\b/],
];

function kindContradiction(sentence: string, { all }: Decided): string | null {
  const kind = KINDS.find(([said, carried]) => said.test(sentence) && !carried.test(all));
  return kind === undefined ? null : `the kind of flaw "${kind[0].exec(sentence)?.[0] ?? ''}"`;
}

const SAID_UNLIKELY = /\b(?:unlikely|improbable|rare(?:ly)?|remote chance|far-fetched)\b/i;
const SAID_LIKELY =
  /\b(?:high|elevated|significant)\b[^.;]{0,12}\b(?:probability|chance|EPSS)\b|\b(?:probability|chance|EPSS)\b[^.;,]{0,25}\bhigh\b/i;
const SAID_CERTAIN = /\b(?:almost certain|certainly|inevitabl[ey]|very likely|highly likely|imminent)\b/i;
/** From this probability on nobody may call exploitation unlikely, and below it nobody likely. */
const LEAST_LIKELY = 0.1;
const NEARLY_CERTAIN = 0.5;

const isLow = ({ probability }: Decided) => probability !== null && probability < LEAST_LIKELY;

function oddsContradiction(sentence: string, decided: Decided): string | null {
  const problem = 'odds that the evidence does not give';
  if (SAID_UNLIKELY.test(sentence)) return isKnownActive(decided) || !isLow(decided) ? problem : null;
  if (SAID_LIKELY.test(sentence)) return decided.probability === null || isLow(decided) ? problem : null;
  if (!SAID_CERTAIN.test(sentence) || isKnownActive(decided)) return null;
  return (decided.probability ?? 0) < NEARLY_CERTAIN ? problem : null;
}

/** "All" and "only" draw a line that a range of versions draws otherwise. */
function rangeContradiction(sentence: string, { all }: Decided): string | null {
  const said = /\b(?:all|every|any|only) (?:known )?(?:versions?|releases?)\b/i.exec(sentence)?.[0];
  return said === undefined || all.includes(said.toLowerCase()) ? null : `the range "${said}"`;
}
