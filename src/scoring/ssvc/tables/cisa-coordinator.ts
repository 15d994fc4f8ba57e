import {
  AUTOMATABLE,
  type Automatable,
  COORDINATOR_DECISION,
  type CoordinatorDecision,
  EXPLOITATION,
  type Exploitation,
  MISSION_IMPACT,
  type MissionImpact,
  TECHNICAL_IMPACT,
  type TechnicalImpact,
} from '../../../domain/ssvc/decision-points.ts';
import type { DecisionTable } from '../decision-table.ts';

type Row = readonly [row: number, Exploitation, Automatable, TechnicalImpact, MissionImpact, CoordinatorDecision];

// Row number, one value a column, outcome.
const ROWS: readonly Row[] = [
  [0, 'none', 'no', 'partial', 'low', 'track'],
  [1, 'none', 'no', 'partial', 'medium', 'track'],
  [2, 'none', 'no', 'partial', 'high', 'track'],
  [3, 'none', 'no', 'total', 'low', 'track'],
  [4, 'none', 'no', 'total', 'medium', 'track'],
  [5, 'none', 'no', 'total', 'high', 'track_star'],
  [6, 'none', 'yes', 'partial', 'low', 'track'],
  [7, 'none', 'yes', 'partial', 'medium', 'track'],
  [8, 'none', 'yes', 'partial', 'high', 'attend'],
  [9, 'none', 'yes', 'total', 'low', 'track'],
  [10, 'none', 'yes', 'total', 'medium', 'track'],
  [11, 'none', 'yes', 'total', 'high', 'attend'],
  [12, 'public_poc', 'no', 'partial', 'low', 'track'],
  [13, 'public_poc', 'no', 'partial', 'medium', 'track'],
  [14, 'public_poc', 'no', 'partial', 'high', 'track_star'],
  [15, 'public_poc', 'no', 'total', 'low', 'track'],
  [16, 'public_poc', 'no', 'total', 'medium', 'track_star'],
  [17, 'public_poc', 'no', 'total', 'high', 'attend'],
  [18, 'public_poc', 'yes', 'partial', 'low', 'track'],
  [19, 'public_poc', 'yes', 'partial', 'medium', 'track'],
  [20, 'public_poc', 'yes', 'partial', 'high', 'attend'],
  [21, 'public_poc', 'yes', 'total', 'low', 'track'],
  [22, 'public_poc', 'yes', 'total', 'medium', 'track_star'],
  [23, 'public_poc', 'yes', 'total', 'high', 'attend'],
  [24, 'active', 'no', 'partial', 'low', 'track'],
  [25, 'active', 'no', 'partial', 'medium', 'track'],
  [26, 'active', 'no', 'partial', 'high', 'attend'],
  [27, 'active', 'no', 'total', 'low', 'track'],
  [28, 'active', 'no', 'total', 'medium', 'attend'],
  [29, 'active', 'no', 'total', 'high', 'act'],
  [30, 'active', 'yes', 'partial', 'low', 'attend'],
  [31, 'active', 'yes', 'partial', 'medium', 'attend'],
  [32, 'active', 'yes', 'partial', 'high', 'act'],
  [33, 'active', 'yes', 'total', 'low', 'attend'],
  [34, 'active', 'yes', 'total', 'medium', 'act'],
  [35, 'active', 'yes', 'total', 'high', 'act'],
];

/** CISA's coordinator table, as published by CERT/CC SSVC as the decision table "CISA Coordinator" 2.0.3 (namespace cisa). */
export const CISA_COORDINATOR: DecisionTable<CoordinatorDecision> = {
  title: 'CISA Coordinator',
  version: '2.0.3',
  columns: [
    { name: 'exploitation', values: EXPLOITATION },
    { name: 'automatable', values: AUTOMATABLE },
    { name: 'technicalImpact', values: TECHNICAL_IMPACT },
    { name: 'missionImpact', values: MISSION_IMPACT },
  ],
  outcomes: COORDINATOR_DECISION,
  rows: ROWS.map(([row, exploitation, automatable, technicalImpact, missionImpact, outcome]) => ({
    row,
    inputs: [exploitation, automatable, technicalImpact, missionImpact],
    outcome,
  })),
};
