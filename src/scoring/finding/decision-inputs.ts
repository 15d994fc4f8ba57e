import type { Finding } from '../../domain/assessment/finding-schema.ts';
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
import type { MetricsView } from '../cvss/metrics-view.ts';
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
  const exploitation = readExploitation(facts, view, selection);
  const automatable = selection?.automatable ?? deriveAutomatable(view);
  const technicalImpact = selection?.technicalImpact ?? deriveTechnicalImpact(view);
  return {
    exploitation: exploitation.possible,
    inKev: facts.kev.kind === 'unavailable' ? ['no', 'yes'] : facts.kev.kind === 'found' ? ['yes'] : ['no'],
    automatable: known(automatable, AUTOMATABLE),
    technicalImpact: known(technicalImpact, TECHNICAL_IMPACT),
    exposure: known(asset.exposure, EXPOSURE),
    humanImpact: known(asset.humanImpact, HUMAN_IMPACT),
    missionImpact: known(asset.missionImpact, MISSION_IMPACT),
    source: {
      exploitation: exploitation.source,
      automatable: attribution(selection?.automatable, automatable),
      technicalImpact: attribution(selection?.technicalImpact, technicalImpact),
    },
  };
}

/** CISA's selection: from its own container where that was read, else as NVD passes it on. */
export function selectionOf(facts: CveFacts): SsvcSelection | null {
  return recordOf(facts.ssvc)?.ssvc ?? recordOf(facts.nvd)?.ssvc ?? null;
}

/** The one value that is known, or null. */
export function knownValue<Value extends string>(possible: Possible<Value>): Value | null {
  return possible.length === 1 ? (possible[0] ?? null) : null;
}

function known<Value extends string>(value: Value | null, all: readonly Value[]): Possible<Value> {
  return value === null ? all : [value];
}

function attribution(published: string | null | undefined, value: string | null): 'cisa' | 'derived' | null {
  if (published) return 'cisa';
  return value === null ? null : 'derived';
}

/**
 * Exploitation: active if CISA lists or says so, else a public proof of concept if anyone shows one, else none; with every
 * source that could not be read, what it might have said stays possible.
 */
function readExploitation(
  facts: CveFacts,
  view: MetricsView | null,
  selection: SsvcSelection | null,
): { possible: Possible<Exploitation>; source: SsvcSource['exploitation'] } {
  if (facts.kev.kind === 'found') return { possible: ['active'], source: 'kev' };
  if (selection?.exploitation === 'active') return { possible: ['active'], source: 'cisa' };

  const source = proofOfConceptSource(facts, view, selection);
  const mayBeActive = facts.kev.kind === 'unavailable' || (facts.ssvc.kind === 'unavailable' && selection === null);
  if (source !== null) return { possible: mayBeActive ? ['public_poc', 'active'] : ['public_poc'], source };
  if (mayBeActive) return { possible: EXPLOITATION, source: null };
  if (facts.nvd.kind === 'unavailable') return { possible: ['none', 'public_poc'], source: null };
  return { possible: ['none'], source: selection?.exploitation === 'none' ? 'cisa' : null };
}

function proofOfConceptSource(
  facts: CveFacts,
  view: MetricsView | null,
  selection: SsvcSelection | null,
): SsvcSource['exploitation'] {
  if (selection?.exploitation === 'public_poc') return 'cisa';
  const references = [recordOf(facts.nvd), recordOf(facts.ssvc)].flatMap((record) => record?.exploitReferences ?? []);
  if (references.length > 0) return 'nvd_reference';
  return view?.exploitMaturity === 'poc' || view?.exploitMaturity === 'attacked' ? 'vector' : null;
}
