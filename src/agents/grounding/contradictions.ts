import type { Evidence } from '../evidence.ts';
import { deadlineContradiction } from './deadline.ts';
import { type Decided, decidedOf, isKnownActive } from './decided.ts';
import { denialContradiction, isDenial } from './denials.ts';
import { extremeContradiction } from './extremes.ts';
import { occurrenceContradiction } from './occurrences.ts';
import { vectorContradiction } from './vector-claims.ts';
import { wholeContradiction } from './whole-claims.ts';

const LEVEL_CLAIM =
  /\b(?:risk|rat(?:ed|ing)|severity|level|priority)\b[^.;,]{0,24}\b(critical|high|medium|moderate|low|none|minimal)\b|\b(critical|high|medium|moderate|low|minimal)[- ](?:risk|severity|rated|priority|level)\b|\b(?:level|rating|severity)\s+(?:is|was|of|as)\s+(\w+)|\b(low|moderate|minimal|small|slight|marginal|modest)\b(?![- ](?:privilege|(?:attack )?complexity|level|memory|amount|number))/gi;
const EXPLOITATION_CLAIM =
  /\b(?:attackers|adversaries|actors|criminals|hackers|groups|gangs)\s+(?:are|have been|were)\s+(?:\w+ly\s+)?(?:using|exploiting|abusing|targeting|attacking)\b|\bunder (?:active )?attack\b|\bbreach(?:es)?\b[^.;]{0,20}\b(?:linked|attributed|traced|tied|reported)\b|\bexploit kits?\b|\battacks? (?:is|are|have been|were) (?:seen|observed|reported|known|ongoing|under ?way)\b|\b(?:actively|currently|widely|known to be|been|being)\s+exploited\b|\bin the wild\b|\b(?:active|known) exploitation\b|\bexploited (?:since|in|at)\b|\b(?:is|are|was|were)\s+exploited\b(?!\s+(?:by|through|via|with|when|if|using))|\b(?:been|being) used (?:to|by|in)\b|\bexploitation\b[^.;]{0,12}\bconfirmed\b|\bconfirmed\b[^.;]{0,12}\bexploitation\b/i;
const PUBLIC_EXPLOIT_CLAIM = /\bproof[- ]of[- ]concept|\bpublic(?:ly available)? exploits?\b|\bexploit code\b/i;

/** What in a sentence contradicts what is decided or known: level, exploitation, SSVC, the vector's meaning, the kind of flaw. Null: nothing. */
export function contradictionIn(sentence: string, evidence: readonly Evidence[]): string | null {
  const decided = decidedOf(evidence);
  const isNegated = isDenial(sentence);
  return (
    levelContradiction(sentence, decided) ??
    exploitationContradiction(sentence, isNegated, decided) ??
    occurrenceContradiction(sentence, isNegated, decided) ??
    ransomwareContradiction(sentence, isNegated, decided) ??
    listingContradiction(sentence, isNegated, decided) ??
    deadlineContradiction(sentence, evidence) ??
    denialContradiction(sentence, isNegated, decided) ??
    ssvcContradiction(sentence, decided) ??
    vectorContradiction(sentence, decided) ??
    kindContradiction(sentence, decided) ??
    oddsContradiction(sentence, decided) ??
    rangeContradiction(sentence, decided) ??
    extremeContradiction(sentence, evidence) ??
    wholeContradiction(sentence, evidence)
  );
}

/** A level is what it is: what lies below or above one is another. */
const BESIDE_LEVEL =
  /\b(?:below|under|beneath|less than|short of|above|beyond|more than) (?:critical|high|medium|low)\b/i;

function levelContradiction(sentence: string, decided: Decided): string | null {
  const beside = BESIDE_LEVEL.exec(sentence)?.[0];
  if (beside !== undefined) return `the level "${beside}"`;
  for (const match of sentence.matchAll(LEVEL_CLAIM)) {
    const level = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase();
    if (isOfProbability(match, sentence) && isLow(decided)) continue;
    const levels = /^severity\b/i.test(match[0]) && decided.severities.length > 0 ? decided.severities : decided.levels;
    if (!levels.includes(level === 'moderate' ? 'medium' : level)) return `the level "${level}"`;
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

/** That CISA's catalogue has a vulnerability. */
const LISTING_CLAIM =
  /\b(?:CISA|KEV|catalog(?:ue)?)\b[^.;]{0,50}\b(?:list(?:s|ed|ing)?|add(?:s|ed)?|includ(?:es|ed)|contains?|put|entered)\b|\b(?:list(?:ed|ing)?|add(?:ed)?|includ(?:ed|es)|part|is|appears)\b[^.;]{0,30}\b(?:in|to|by|on)\b[^.;]{0,30}\b(?:CISA|KEV|catalog(?:ue)?)\b/i;

function listingContradiction(sentence: string, isNegated: boolean, { isListed, all }: Decided): string | null {
  if (!LISTING_CLAIM.test(sentence) || isNegated || isListed || /listed by cisa/.test(all)) return null;
  return 'a listing that is not known';
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

/** Kinds of flaws by the words that say them, and the words of evidence that carry them. */
const KINDS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:remote code execution|arbitrary code|rce)\b|\b(?:run|execut)\w* (?:[\w-]+ )?code\b/i,
    /code|execut|command|inject|deseriali|overflow|use[- ]after|upload|corrupt|cwe-(?:77|78|94|95|119|120|121|122|416|434|502|787)\b|c:h\/i:h/,
  ],
  [
    /\bdenial[- ]of[- ]service|\bdos\b/i,
    /denial|crash|dos\b|resource|exhaust|loop|memory|consum|c:n\/i:n\/a:h|cwe-(?:400|770|835|476|125)\b/,
  ],
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
  [/\bhard-?coded/i, /hard-?coded|cwe-(?:259|321|798)\b/],
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

const RANGE_CLAIM =
  /\b(?:all|every|any|only) (?:known |old(?:er)? |outdated )?(?:versions?|releases?)\b|\b(?:latest|newest|current) (?:versions?|releases?)\b(?=[^.;]{0,20}\b(?:affected|vulnerable|exposed)\b)|\bend[- ]of[- ]life\b|\bend of (?:its |their )?(?:life|support)\b|\bno longer (?:supported|maintained)\b/i;

/** "All" and "only" draw a line that a range of versions draws otherwise. */
function rangeContradiction(sentence: string, { all }: Decided): string | null {
  const said = RANGE_CLAIM.exec(sentence)?.[0];
  return said === undefined || all.includes(said.toLowerCase()) ? null : `the range "${said}"`;
}
