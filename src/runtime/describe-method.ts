import type { Config } from '../config/config.ts';
import type { Method, MethodFact } from '../reports/document/report-context.ts';
import { IMPACT_BANDS, IMPACT_WEIGHT } from '../scoring/risk/impact.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../scoring/risk/level.ts';
import { EPSS_BANDS, EXPOSURE_REDUCTION } from '../scoring/risk/likelihood.ts';
import {
  ACTIVE_FLOOR,
  AUTOMATABLE_ODDS,
  EXPECTED_EPSS,
  EXPECTED_EPSS_UNSCORED,
  FORECAST_CEILING,
  IMPACT_SHARE,
  PROOF_OF_CONCEPT_ODDS,
  REACH,
} from '../scoring/risk/priority.ts';
import { CISA_BOD_26_04 } from '../scoring/ssvc/tables/cisa-bod-26-04.ts';
import { CISA_COORDINATOR } from '../scoring/ssvc/tables/cisa-coordinator.ts';
import { DEPLOYER } from '../scoring/ssvc/tables/deployer.ts';

/** What reports say of the method: the tables and constants that scoring uses, from where it has them. */
export function describeMethod({ levels }: Pick<Config, 'levels'>, version: string): Method {
  const tables = [CISA_BOD_26_04, DEPLOYER, CISA_COORDINATOR].map(
    ({ title, version: ofTable, rows }): MethodFact => ({
      name: title,
      value: `${ofTable}, ${rows.length} rows`,
      source: 'CERT/CC SSVC, decision tables',
    }),
  );
  return {
    version,
    levels: levels ?? DEFAULT_LEVEL_THRESHOLDS,
    facts: [...tables, ...likelihoodFacts(), ...impactFacts(), ...priorityFacts()],
  };
}

function likelihoodFacts(): MethodFact[] {
  return [
    {
      name: 'Likelihood by EPSS',
      value: `${EPSS_BANDS.map(({ atLeast, likelihood }) => `${likelihood} from ${atLeast}`).join(', ')}, else 1; 5 where exploitation is known`,
      source: 'FIRST EPSS, 30 days; known exploitation supersedes it (FIRST, EPSS user guide)',
    },
    {
      name: 'Likelihood by exposure',
      value: Object.entries(EXPOSURE_REDUCTION)
        .map(([exposure, less]) => `${exposure} −${less}`)
        .join(', '),
      source: 'SSVC System Exposure 1.0.1',
    },
  ];
}

function impactFacts(): MethodFact[] {
  return [
    {
      name: 'Impact by CVSS impact sub-score',
      value: `${IMPACT_BANDS.map(({ atLeast, impact }) => `${impact} from ${atLeast}`).join(', ')}, else 1`,
      source: 'CVSS v3.1 specification, section 7.1',
    },
    {
      name: 'Weights of C, I and A',
      value: Object.entries(IMPACT_WEIGHT)
        .map(([level, weight]) => `${level} ${weight}`)
        .join(', '),
      source: 'CVSS v3.1 specification, section 7.4',
    },
  ];
}

function priorityFacts(): MethodFact[] {
  return [
    {
      name: 'Priority: odds',
      value: `public exploit × ${PROOF_OF_CONCEPT_ODDS}, automatable × ${AUTOMATABLE_ODDS}`,
      source: 'measured by ERAS, docs/guide/scoring.md',
    },
    {
      name: 'Priority: reach',
      value: Object.entries(REACH)
        .map(([exposure, share]) => `${exposure} ${share}`)
        .join(', '),
      source: "SSVC's order, ERAS' values",
    },
    {
      name: 'Priority: scale',
      value: `forecasts up to ${FORECAST_CEILING}, known exploitation from ${ACTIVE_FLOOR}, share of impact ${IMPACT_SHARE}`,
      source: 'ERAS, docs/guide/scoring.md',
    },
    {
      name: 'Priority: expected EPSS where none is known',
      value: `${EXPECTED_EPSS.map(({ atLeast, probability }) => `CVSS from ${atLeast}: ${probability}`).join(', ')}; unscored: ${EXPECTED_EPSS_UNSCORED}`,
      source: 'measured by ERAS on 26,000 records',
    },
  ];
}
