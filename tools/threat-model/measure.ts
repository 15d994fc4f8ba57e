import type { HeldOutPrediction } from './cross-validate.ts';
import type { View } from './labelled-cves.ts';

/** Figures over the CVEs of one view; shares are 0 to 1, rounded to three places. */
export interface Figures {
  /** CVEs evaluated. */
  readonly cves: number;
  /** Techniques named for each CVE on average. */
  readonly named: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** CVEs with an exploitation technique, over which the hits are counted. */
  readonly exploitationCves: number;
  /** Share whose likeliest exploitation technique is right, of the full ranking. */
  readonly hitAt1: number;
  readonly hitAt3: number;
  /** The same over the mappings with that role that are actually given. */
  readonly givenHitAt1: number;
  readonly givenHitAt3: number;
  readonly roles: Readonly<Record<string, RoleFigures>>;
}

/** Figures of the mappings given in one role. */
export interface RoleFigures {
  readonly named: number;
  /** Share of them that analysts named in any role. */
  readonly precision: number;
  /** Share of them that analysts named in this role. */
  readonly precisionInRole: number;
  /** Share of the analysts' techniques of this role that were named, in whichever role. */
  readonly recall: number;
}

/** Micro-averaged precision, recall and F1 over techniques of any role, and the hits of the exploitation technique. */
export function measureFigures(predictions: readonly HeldOutPrediction[]): Figures {
  let [named, right, truths] = [0, 0, 0];
  for (const { cve, mappings } of predictions) {
    named += mappings.length;
    truths += cve.techniques.size;
    right += mappings.filter(({ techniqueId }) => cve.techniques.has(techniqueId)).length;
  }
  const exploited = predictions.filter(({ cve }) => cve.labels.exploitation.size > 0);
  const given = exploited.map(({ cve, mappings }) => ({
    cve,
    exploitation: mappings.filter(({ role }) => role === 'exploitation'),
  }));
  return {
    cves: predictions.length,
    named: share(named, predictions.length),
    precision: share(right, named),
    recall: share(right, truths),
    f1: share(2 * right, named + truths),
    exploitationCves: exploited.length,
    hitAt1: measureHits(exploited, 1),
    hitAt3: measureHits(exploited, 3),
    givenHitAt1: measureHits(given, 1),
    givenHitAt3: measureHits(given, 3),
    roles: Object.fromEntries(ROLES.map((role) => [role, measureRole(predictions, role)])),
  };
}

const ROLES = ['exploitation', 'primary_impact', 'secondary_impact'] as const;

function measureRole(predictions: readonly HeldOutPrediction[], role: (typeof ROLES)[number]): RoleFigures {
  const count = { named: 0, right: 0, rightInRole: 0, truths: 0, found: 0 };
  for (const { cve, mappings } of predictions) {
    const given = mappings.filter((mapping) => mapping.role === role);
    count.named += given.length;
    count.right += given.filter(({ techniqueId }) => cve.techniques.has(techniqueId)).length;
    count.rightInRole += given.filter(({ techniqueId }) => cve.labels[role].has(techniqueId)).length;
    count.truths += cve.labels[role].size;
    count.found += mappings.filter(({ techniqueId }) => cve.labels[role].has(techniqueId)).length;
  }
  return {
    named: count.named,
    precision: share(count.right, count.named),
    precisionInRole: share(count.rightInRole, count.named),
    recall: share(count.found, count.truths),
  };
}

/** The predictions of one view. */
export function selectView(predictions: readonly HeldOutPrediction[], view: View): HeldOutPrediction[] {
  return predictions.filter((prediction) => prediction.view === view);
}

interface Ranked extends Pick<HeldOutPrediction, 'cve'> {
  readonly exploitation: readonly { readonly techniqueId: string }[];
}

function measureHits(ranked: readonly Ranked[], places: number): number {
  const hits = ranked.filter(({ cve, exploitation }) =>
    exploitation.slice(0, places).some(({ techniqueId }) => cve.labels.exploitation.has(techniqueId)),
  );
  return share(hits.length, ranked.length);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Number((part / whole).toFixed(3));
}
