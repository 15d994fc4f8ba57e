import type { Evidence, EvidenceTopic } from '../evidence.ts';
import { isTrueBound } from './share-bounds.ts';

/** Judgements that nothing in a record can carry: what is wrong with a flaw, how bad it is and what to do about it are decided, and in other words. */
const JUDGEMENTS =
  /\b(?:hoax|fiction\w*|fake\w*|invented|imaginary|bogus|jokes?|myths?|theoretical\w*|hypothetical\w*|trivial\w*|minor|negligible|optional\w*|harmless|benign|insignificant|unimportant|irrelevant|exaggerat\w*|overstat\w*|overblown|disputed|withdrawn|mistake\w*|mistaken|false|acceptable|tolerable|unnecessary|already (?:protected|safe|fixed|patched|solved|resolved)|(?:can|may|might|could|should|to) wait\b|waiting is|bottom of|no rush|at leisure|wrongly|incorrectly|erroneously|simulat\w*|hardly|barely|scarcely|supposed(?:ly)?|alleged(?:ly)?|rumou?r\w*|purported\w*|in theory|suffices?|whenever|someday|worthless|ridiculous|pointless|fine|okay|nonsense|safe)\b/i;
/** Actions and statements that would need evidence of their own, and that no piece of evidence is about. */
const UNSUPPORTED =
  /\b(?:(?:leave|keep)s?\b[^.;]{0,30}\bas (?:they|it) (?:are|is)|accept(?:s|ed|ing)? (?:the|this) risk|unplug\w*|restart\w*|reboot\w*|by default|every day|uninstall\w*|(?<!\battackers? (?:could|can|may|might) )disabl(?:e|es|ed|ing)|turn(?:s|ed|ing)? off|switch(?:es|ed|ing)? off|open(?:s|ed|ing)? ports?|firewalls?|curl|wget|sudo|pay|pays|paid|cost|costs|remov(?:e|es|ed|al)|delist\w*|revok\w+|rescind\w*|withdr[ae]w\w*|downgrad\w*|reassess\w*|lowered|journalists?|reviewers?|consensus|everyone|everybody|at scale|mass exploitation|widespread|widely|phish\w*|supply chain|watering hole|brute[- ]force|credential stuffing|social engineering|insiders?|botnets?|cryptomin\w*|espionage|nation[- ]states?|state[- ]sponsored|lazarus|apt\d*|(?:hacker|threat) (?:groups?|gangs?|crews?)|encrypt hospitals|hospitals?|state actors?|out of business|insurance|rejected|test systems|mobile devices|most organi[sz]ations|unaffected|should (?:keep|allow|restore|ignore|stay|remain)|(?:update|patch|fix|upgrade) (?:is poison|causes|allows|breaks|introduces|adds)|installing the (?:update|patch|fix)|vulnerable version|ignor(?:e|es|ed|ing))\b/i;
const QUANTITIES = /\b(?:half|thirds?|dozens?|hundreds?|thousands?|millions?|couple|handful|quarter)\b/i;
/** A share that is said to lie below or above another one is none that evidence gives. */
const LOOSE_SHARES =
  /\b(?:below|under|beneath|less than|more than|above|over|at (?:least|most))\b[^.;]{0,12}\b(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|ninety)(?:\s*%|\s*per ?cent)/i;
const LOOSE_TIMES =
  /\b(?:(?:a|an|next|this|coming|following)\s+(?:years?|months?|weeks?|fortnight|quarter|spring|summer|autumn|fall|winter|decade|sprint|cycle)|last\s+(?:year|month|week|spring|summer|autumn|fall|winter)|today|tonight|tomorrow|yesterday|(?<!as )soon(?! as)|eventually|later on|overdue|has passed|end of the (?:year|month|week|quarter|day)|christmas|new year|(?:with)?in (?:a few |some |several |a couple of )?(?:hours|days|weeks|months)|in the coming (?:hours|days|weeks|months|years)|maintenance windows?|monthly|weekly|quarterly|yearly|annual(?:ly)?)\b/i;
const ADDRESSES = /\b[a-z][\w-]*\.(?:[a-z]{2,})\b(?!\s*[(])|\b(?:dot|slash)\s+\w+|\bhxxps?\b|\w+=\w+|\w+\([^)]*\)/i;

/** What a sentence says that nothing of this kind of evidence could carry, unless the evidence says it in the same word; null: nothing. */
export function looseWordIn(sentence: string, evidence: readonly Evidence[]): string | null {
  for (const pattern of [JUDGEMENTS, UNSUPPORTED, QUANTITIES, LOOSE_SHARES, LOOSE_TIMES, ADDRESSES]) {
    const match = pattern.exec(sentence);
    if (match === null || (pattern === LOOSE_SHARES && isTrueBound(sentence, evidence))) continue;
    const word = match[0].toLowerCase();
    if (!evidence.some(({ text }) => text.toLowerCase().includes(word))) return `the words "${match[0].slice(0, 40)}"`;
  }
  return null;
}

/** What may be affected without being named in evidence. */
const AFFECTED =
  /^(?:systems?|servers?|installations?|versions?|users?|organi[sz]ations?|business\w*|data|services?|products?|software|applications?|devices?|availability|integrity|confidentiality|operations?|customers?|components?|hosts?|environments?|configurations?|deployments?|whoever|vulnerable|exposed|unpatched|several|multiple|other)$/;

/** A thing that a sentence calls affected and that no evidence names; null: none. */
export function strangeObjectIn(sentence: string, known: ReadonlySet<string>): string | null {
  const [, object = ''] = /\baffect(?:s|ing)\s+([^.;,]+)/i.exec(sentence) ?? [];
  const words = contentWords(object).slice(0, 4);
  const strange = words.find((word) => !known.has(word) && !AFFECTED.test(word) && !/\d/.test(word));
  return strange === undefined ? null : `"${strange}" as affected`;
}

const STEM = 5;
/** Words that a topic's evidence carries without saying them. */
const TOPIC_WORDS: Readonly<Record<EvidenceTopic, string>> = {
  record: 'vulnerability flaw identifier',
  risk: 'risk rated level likelihood impact business organisation organization breach stolen customers partners operations reputation legal regulatory',
  cvss: 'score scores severity scored base privileges interaction authentication credentials unauthenticated network remote remotely user vector attacker attack exploit compromise data service system confidentiality integrity availability disclosure disruption disrupt outage control access loss impact successful',
  kev: 'exploited exploitation listed lists catalogue catalog wild attackers attacks threat campaigns adversaries actors ransomware',
  epss: 'probability epss exploited exploitation forecast likely likelihood chance predicts predicted',
  ssvc: 'exploitation exploited automatable automated automate technical impact proof decision threat attackers',
  bod2604:
    'remediate remediation fix fixed patch patched deadline within days upgrade update directive forensics compromise',
  attack: 'technique techniques tactic adversaries attackers attack exploit threat mapped',
  affected: 'affected affects versions version product installations systems',
  weakness: 'weakness flaw class',
  description: 'vulnerability flaw attacker attackers attack exploit exploited',
  component: 'component package library version installed fixed upgrade update',
  asset: 'asset host server system criticality critical exposure exposed owner',
  vex: 'affected fixed product investigation',
  document: '',
};
/** Words that say nothing of their own. */
const EMPTY = new Set(
  'about after against all also among and another any are around because been before being between both but can could did does during each either else even every for from further had has have here his how however into its itself just like made make makes many may might more most much must near now off once one only onto other others our out over own per rather same shall she should since some such than that the their them then there these they this those though through thus too under until upon use used uses using very via was were what when where whether which while who whoever whom whose why will with within would yet your'.split(
    ' ',
  ),
);
/** What a business loses, beyond what the topics say. */
const BUSINESS_WORDS =
  'consequences notification duties personal regulated compliance downtime outage outages halt daily sensitive trust branch vendor administrators segment inventory isolate monitor';
const MONTHS = 'january february march april may june july august september october november december';

/** Words of the field and of plain English that descriptions happen not to have. */
export const COMMON_WORDS: ReadonlySet<string> = new Set([
  ...EMPTY,
  ...`${Object.values(TOPIC_WORDS).join(' ')} ${MONTHS} ${BUSINESS_WORDS} assessment findings`.split(' '),
]);

/** Of a sentence's words, how many its evidence must speak of, at the least. */
const SUPPORTED_SHARE = 0.2;

/** Whether evidence speaks of what a sentence is about, by its words. */
export function isAboutEvidence(sentence: string, evidence: readonly Evidence[]): boolean {
  const stems = stemsOf(evidence);
  const words = contentWords(sentence);
  const supported = words.filter((word) => stems.has(word.slice(0, STEM)) || /\d/.test(word));
  return supported.length > 0 && supported.length >= SUPPORTED_SHARE * words.length;
}

const STEMS = new WeakMap<readonly Evidence[], ReadonlySet<string>>();

function stemsOf(evidence: readonly Evidence[]): ReadonlySet<string> {
  const known = STEMS.get(evidence);
  if (known !== undefined) return known;
  const text = evidence.map((piece) => `${piece.text} ${piece.source} ${TOPIC_WORDS[piece.topic]}`).join(' ');
  const stems = new Set(contentWords(text).map((word) => word.slice(0, STEM)));
  STEMS.set(evidence, stems);
  return stems;
}

function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return words.filter((word) => !EMPTY.has(word));
}
