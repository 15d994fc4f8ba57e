import type { Evidence } from '../evidence.ts';
import { type Decided, decidedOf } from './decided.ts';

/** What a word says of a metric. */
const METRIC_CLAIMS: readonly { readonly words: RegExp; readonly metric: string; readonly values: string }[] = [
  { words: /\bphysical(?:ly)? (?:access|present|proximity)/i, metric: 'AV', values: 'P' },
  { words: /\blow (?:attack )?complexity\b/i, metric: 'AC', values: 'L' },
  { words: /\bhigh (?:attack )?complexity\b/i, metric: 'AC', values: 'H' },
  { words: /\bcomplexity (?:is |remains |of the attack is )?(?:rated )?low\b/i, metric: 'AC', values: 'L' },
  { words: /\bcomplexity (?:is |remains |of the attack is )?(?:rated )?high\b/i, metric: 'AC', values: 'H' },
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
  {
    words:
      /(?<!\b(?:no|without|any)\s)\buser interaction (?:is |was )?(?:required|needed|necessary)|(?<!\b(?:not|never)\s)\b(?:requires?|needs?) (?:some )?user interaction\b/i,
    metric: 'UI',
    values: 'RAP',
  },
  {
    words:
      /\bonly (?:an? )?(?:administrators?|admins?|privileged (?:users?|attackers?)) (?:can|could|may|might|is able to|are able to) (?:exploit|abuse|attack|trigger|use|mount)\b|\b(?:must|has to|have to) be an? (?:administrator|admin)\b/i,
    metric: 'PR',
    values: 'LH',
  },
  { words: /\bonly authenticated\b|\bauthenticated users? (?:only|alone)\b/i, metric: 'PR', values: 'LH' },
  {
    words:
      /\b(?:difficult|hard|tricky|challenging|complicated) to (?:exploit|attack|abuse|carry out|mount|perform|achieve)\b/i,
    metric: 'AC',
    values: 'H',
  },
];

/** Whether a sentence from outside says of an attack what its decided vector denies. */
export function isAgainstVector(sentence: string, evidence: readonly Evidence[]): boolean {
  return metricContradiction(sentence, decidedOf(evidence)) !== null;
}

/** What a sentence says of an attack that the vector does not; null: nothing. */
export function vectorContradiction(sentence: string, { metrics, vectors, all }: Decided): string | null {
  const vector = /(?:CVSS:[\d.]+\/)?(?:\b[A-Z]{1,3}:[A-Z]{1,2}\b\/?)+/.exec(sentence)?.[0].replace(/\/$/, '');
  if (vector !== undefined && !vectors.includes(vector)) return 'a CVSS vector of its own';
  // Of an assessment as a whole, and of what nobody has scored, no vector says anything.
  const said = metrics.size > 0 ? undefined : claimsOf(sentence, all).at(0)?.said;
  if (said !== undefined) return `"${said}", which no vector says`;
  return (
    metricContradiction(sentence, { metrics, all }) ??
    soleLossContradiction(sentence, metrics) ??
    topScoreContradiction(sentence, vectors)
  );
}

/** What a sentence says of metrics in words that are not the evidence's own. */
function claimsOf(sentence: string, all: string) {
  return METRIC_CLAIMS.flatMap(({ words, metric, values }) => {
    const said = words.exec(sentence)?.[0];
    return said === undefined || all.includes(said.toLowerCase()) ? [] : [{ said, metric, values }];
  });
}

function metricContradiction(sentence: string, { metrics, all }: Pick<Decided, 'metrics' | 'all'>): string | null {
  const wrong = claimsOf(sentence, all).find(({ metric, values }) => {
    const value = metrics.get(metric);
    return value !== undefined && !values.includes(value);
  });
  return wrong === undefined ? null : `"${wrong.said}" against ${wrong.metric}:${metrics.get(wrong.metric)}`;
}

const PROPERTIES: Readonly<Record<string, string>> = { confidentiality: 'C', integrity: 'I', availability: 'A' };
const SOLE_LOSS =
  /\bonly (?:the )?(confidentiality|integrity|availability)\b|\b(confidentiality|integrity|availability) (?:only|alone)\b|\b(confidentiality|integrity|availability) is the only\b/i;

/** "Only" one of the three is lost where the vector says of the others that they are not. */
function soleLossContradiction(sentence: string, metrics: ReadonlyMap<string, string>): string | null {
  const match = SOLE_LOSS.exec(sentence);
  if (match === null) return null;
  const sole = PROPERTIES[(match[1] ?? match[2] ?? match[3] ?? '').toLowerCase()];
  const lost = (name: string) => (metrics.get(name) ?? metrics.get(`V${name}`) ?? 'H') !== 'N';
  return Object.values(PROPERTIES).some((name) => name !== sole && lost(name)) ? `"${match[0]}"` : null;
}

const TOP_SCORE =
  /\b(?:maximum|highest|top|perfect|worst)(?: possible)?(?: CVSS)?(?: [\d.]+)?(?: base)?(?: severity)? score\b/i;

function topScoreContradiction(sentence: string, vectors: string): string | null {
  return TOP_SCORE.test(sentence) && !/CVSS \S+ 10\.0\b/.test(vectors) ? 'a maximum score' : null;
}
