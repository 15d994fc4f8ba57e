import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import { recordOf } from '../../domain/source/lookup.ts';
import {
  AUTOMATABLE,
  type Automatable,
  EXPLOITATION,
  EXPOSURE,
  type Exploitation,
  type Exposure,
  HUMAN_IMPACT,
  type HumanImpact,
  MISSION_IMPACT,
  type MissionImpact,
  type SsvcSelection,
  TECHNICAL_IMPACT,
  type TechnicalImpact,
} from '../../domain/ssvc/decision-points.ts';
import { type MetricsView, viewMetrics } from '../cvss/metrics-view.ts';
import { STATED_IMPACT } from '../risk/stated-severity.ts';
import type { Possible } from '../ssvc/decision-table.ts';
import { deriveAutomatable, deriveTechnicalImpact } from '../ssvc/derive.ts';

type SsvcSource = NonNullable<Finding['ssvc']>['source'];

/** The values that each decision point may still have, and who says so. */
export interface DecisionInputs {
  readonly exploitation: Possible<Exploitation>;
  readonly inKev: Possible<'no' | 'yes'>;
  readonly automatable: Possible<Automatable>;
  readonly technicalImpact: Possible<TechnicalImpact>;
  readonly exposure: Possible<Exposure>;
  readonly humanImpact: Possible<HumanImpact>;
  readonly missionImpact: Possible<MissionImpact>;
  readonly source: SsvcSource;
}

/** Reads the decision points out of what the sources said; each unread source leaves open what it might have said. */
export function toDecisionInputs(facts: CveFacts, view: MetricsView | null, asset: AssetContext): DecisionInputs {
  const selection = selectionOf(facts);
  const exploitation = readExploitation(facts, selection);
  // CISA's own container may say worse than NVD's copy of it, and NVD's vector may tell worse than another: while a source is
  // unread, that stays possible.
  const mayBeWorse = (published: string | null | undefined) =>
    facts.ssvc.kind === 'unavailable' || (!published && facts.nvd.kind === 'unavailable');
  const automatable = known(
    selection?.automatable ?? deriveAutomatable(view),
    AUTOMATABLE,
    mayBeWorse(selection?.automatable),
  );
  const technicalImpact = known(
    selection?.technicalImpact ?? deriveTechnicalImpact(view) ?? statedTechnicalImpact(facts, view),
    TECHNICAL_IMPACT,
    mayBeWorse(selection?.technicalImpact),
  );
  return {
    exploitation: exploitation.possible,
    inKev: facts.kev.kind === 'unavailable' ? ['no', 'yes'] : facts.kev.kind === 'found' ? ['yes'] : ['no'],
    automatable,
    technicalImpact,
    exposure: known(asset.exposure, EXPOSURE, false),
    humanImpact: known(asset.humanImpact, HUMAN_IMPACT, false),
    missionImpact: known(asset.missionImpact, MISSION_IMPACT, false),
    source: {
      exploitation: exploitation.source,
      automatable: attribution(selection?.automatable, knownValue(automatable)),
      technicalImpact: attribution(selection?.technicalImpact, knownValue(technicalImpact)),
    },
  };
}

/** What a word says where there is no vector. */
function statedTechnicalImpact({ statedSeverity }: CveFacts, view: MetricsView | null): TechnicalImpact | null {
  return statedSeverity && view === null ? STATED_IMPACT[statedSeverity].technicalImpact : null;
}

/** CISA's selection: from its own container where that was read, else as NVD passes it on. */
export function selectionOf(facts: CveFacts): SsvcSelection | null {
  return recordOf(facts.ssvc)?.ssvc ?? recordOf(facts.nvd)?.ssvc ?? null;
}

/** The one value that is known, or null. */
export function knownValue<Value extends string>(possible: Possible<Value>): Value | null {
  return possible.length === 1 ? (possible[0] ?? null) : null;
}

/** The values still possible of a decision point, whose values are ordered from the mildest. */
function known<Value extends string>(value: Value | null, all: readonly Value[], mayBeWorse: boolean): Possible<Value> {
  if (value === null) return all;
  return mayBeWorse ? all.slice(all.indexOf(value)) : [value];
}

function attribution(published: string | null | undefined, value: string | null): 'cisa' | 'derived' | null {
  if (value === null) return null;
  return published ? 'cisa' : 'derived';
}

/**
 * Exploitation: active if CISA lists or says so, else a public proof of concept if anyone shows one, else none; with every
 * source that could not be read, what it might have said stays possible.
 */
function readExploitation(
  facts: CveFacts,
  selection: SsvcSelection | null,
): { possible: Possible<Exploitation>; source: SsvcSource['exploitation'] } {
  if (facts.kev.kind === 'found') return { possible: ['active'], source: 'kev' };
  if (selection?.exploitation === 'active') return { possible: ['active'], source: 'cisa' };

  const source = proofOfConceptSource(facts, selection);
  const isSelectionUnread =
    facts.ssvc.kind === 'unavailable' || (!selection?.exploitation && facts.nvd.kind === 'unavailable');
  const mayBeActive = facts.kev.kind === 'unavailable' || isSelectionUnread;
  if (source !== null) return { possible: mayBeActive ? ['public_poc', 'active'] : ['public_poc'], source };
  if (mayBeActive) return { possible: EXPLOITATION, source: null };
  if (facts.nvd.kind === 'unavailable') return { possible: ['none', 'public_poc'], source: null };
  return { possible: ['none'], source: selection?.exploitation === 'none' ? 'cisa' : null };
}

function proofOfConceptSource(facts: CveFacts, selection: SsvcSelection | null): SsvcSource['exploitation'] {
  if (selection?.exploitation === 'public_poc') return 'cisa';
  const records = [recordOf(facts.nvd), recordOf(facts.ssvc)];
  if (records.some((record) => (record?.exploitReferences.length ?? 0) > 0)) return 'nvd_reference';
  // Whoever scored says it with their vector, whichever of them is shown.
  const vectors = records.flatMap((record) => record?.cvss ?? []).map(({ vector }) => parseCvssVector(vector));
  const maturities = vectors.map((vector) => (vector.ok ? viewMetrics(vector.value).exploitMaturity : null));
  return maturities.some((maturity) => maturity === 'poc' || maturity === 'attacked') ? 'vector' : null;
}
