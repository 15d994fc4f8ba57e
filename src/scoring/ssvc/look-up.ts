import type {
  Automatable,
  BodTimeline,
  CoordinatorDecision,
  DeployerDecision,
  Exploitation,
  Exposure,
  HumanImpact,
  MissionImpact,
  TechnicalImpact,
} from '../../domain/ssvc/decision-points.ts';
import { lookUp, type Possible, type TableDecision } from './decision-table.ts';
import { CISA_BOD_26_04, type NoYes } from './tables/cisa-bod-26-04.ts';
import { CISA_COORDINATOR } from './tables/cisa-coordinator.ts';
import { DEPLOYER } from './tables/deployer.ts';

/** How soon a deployer should act (SSVC Deployer Patch Application Priority 1.0.0); unknown inputs count at their worst. */
export function decideDeployer(inputs: {
  readonly exploitation: Possible<Exploitation>;
  readonly exposure: Possible<Exposure>;
  readonly automatable: Possible<Automatable>;
  readonly humanImpact: Possible<HumanImpact>;
}): TableDecision<DeployerDecision> {
  return lookUp(DEPLOYER, [inputs.exploitation, inputs.exposure, inputs.automatable, inputs.humanImpact]);
}

/** CISA's coordinator level (SSVC CISA Coordinator 2.0.3); unknown inputs count at their worst. */
export function decideCoordinator(inputs: {
  readonly exploitation: Possible<Exploitation>;
  readonly automatable: Possible<Automatable>;
  readonly technicalImpact: Possible<TechnicalImpact>;
  readonly missionImpact: Possible<MissionImpact>;
}): TableDecision<CoordinatorDecision> {
  const { exploitation, automatable, technicalImpact, missionImpact } = inputs;
  return lookUp(CISA_COORDINATOR, [exploitation, automatable, technicalImpact, missionImpact]);
}

/**
 * The remediation timeline of CISA BOD 26-04 (SSVC table 1.0.0); unknown inputs count at their worst. `publiclyExposed`
 * appears among the unknowns as `exposure`, which is what an asset says it by, and `inKev` as `kev`.
 */
export function decideBod2604(inputs: {
  readonly inKev: Possible<NoYes>;
  readonly publiclyExposed: Possible<NoYes>;
  readonly automatable: Possible<Automatable>;
  readonly technicalImpact: Possible<TechnicalImpact>;
}): TableDecision<BodTimeline> {
  const { inKev, publiclyExposed, automatable, technicalImpact } = inputs;
  return lookUp(CISA_BOD_26_04, [inKev, publiclyExposed, automatable, technicalImpact]);
}
