import { type Decided, isKnownActive } from './decided.ts';

/** Whoever attacks. */
const ACTORS =
  '(?:attackers|adversaries|intruders|criminals|hackers|actors|groups|gangs|campaigns|botnets|worms|malware|someone|somebody|they)';
/** Whatever is attacked. */
const VICTIMS =
  '(?:systems?|servers?|companies|organi[sz]ations?|networks?|victims?|hosts?|banks?|customers?|installations?|data|records|accounts)';

/** That something has happened, or is happening: what a flaw makes possible is said with "can", "could" or "an attacker". */
const OCCURRENCES: readonly RegExp[] = [
  /\bexploitation\s+(?:is|was|has been|remains?)\s+(?:\w+ly\s+)?(?:active|known|under ?way|reported|ongoing|happening|real|common|observed|seen|documented|rife)\b/i,
  /\b(?:attacks?|incidents?|compromises?|intrusions?)\b\s+(?:(?:is|are|were|have been|has been)\s+)?(?:happening|happened|occurring|occurred|taking place|took place|continu\w+|under ?way|ongoing|going on)\b/i,
  new RegExp(
    `\\b${VICTIMS}\\s+(?:have|has|had|were|was|are being|is being)\\s+(?:already\\s+|since\\s+)?(?:been\\s+)?(?:\\w+ly\\s+)?(?:compromised|breached|hacked|attacked|hit|lost|stolen|leaked|infected|taken over|encrypted)\\b`,
    'i',
  ),
  new RegExp(`\\b${VICTIMS}\\s+(?:have|has)\\s+(?:already\\s+)?lost\\b`, 'i'),
  /\bvictims\s+(?:exist|have|are known|were)\b/i,
  /\b(?:has|have|had)\s+(?:already\s+)?(?:led|contributed)\s+to\b/i,
  /\b(?:is|are|has been|have been)\s+(?:being\s+)?(?:used|abused|leveraged|weaponi[sz]ed|employed)\s+(?:against|by (?:attackers|criminals|groups|adversaries|gangs|actors)|in (?:attacks|campaigns))\b/i,
  new RegExp(
    `\\b${ACTORS}\\s+(?:(?:have|has)\\s+\\w+|adopted|love|loves|favou?rs?|prefer|(?:use|uses|abuse|exploit|employ|leverage)\\s+(?:it|this|the flaw|the vulnerability))\\b`,
    'i',
  ),
  /\b(?:spread|spreads|spreading)\s+(?:through|via|by)\s+(?:it|this)\b/i,
  /\barsenal\b/i,
];

/** A doubt of a doubt says what it seems to deny. */
const BEYOND_DOUBT =
  /\b(?:no|without(?: a| any)?|beyond(?: any)?|little) doubt\b|\bundoubted\w*|\bdoubtless\b|\b(?:not|im)\s?possible that\b|\bnot none\b|\bnot un\w+|\bdenied that\b/i;

/** What a sentence says has happened, where nothing is known to have; null: nothing. */
export function occurrenceContradiction(sentence: string, isNegated: boolean, decided: Decided): string | null {
  const doubt = BEYOND_DOUBT.exec(sentence)?.[0];
  if (doubt !== undefined && !decided.all.includes(doubt.toLowerCase())) return `the words "${doubt}"`;
  if (isKnownActive(decided) || isNegated) return null;
  const said = OCCURRENCES.map((form) => form.exec(sentence)?.[0]).find((one) => one !== undefined);
  return said === undefined || decided.all.includes(said.toLowerCase()) ? null : `"${said}", which is not known`;
}
