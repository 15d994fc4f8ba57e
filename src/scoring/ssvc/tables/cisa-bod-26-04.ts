import {
  AUTOMATABLE,
  type Automatable,
  BOD_TIMELINE,
  type BodTimeline,
  TECHNICAL_IMPACT,
  type TechnicalImpact,
} from '../../../domain/ssvc/decision-points.ts';
import type { DecisionTable } from '../decision-table.ts';

/** Decision points "In KEV" 1.0.0 and "Publicly Exposed" 1.0.0 (both CISA), mildest value first. */
const NO_YES = ['no', 'yes'] as const;
export type NoYes = (typeof NO_YES)[number];

type Row = readonly [row: number, inKev: NoYes, exposed: NoYes, Automatable, TechnicalImpact, BodTimeline];

// Row number, one value a column, outcome.
const ROWS: readonly Row[] = [
  [0, 'no', 'no', 'no', 'partial', 'next_upgrade'],
  [1, 'yes', 'no', 'no', 'partial', '14_days'],
  [2, 'no', 'yes', 'no', 'partial', '60_days'],
  [3, 'no', 'no', 'yes', 'partial', '60_days'],
  [4, 'no', 'no', 'no', 'total', 'next_upgrade'],
  [5, 'yes', 'yes', 'no', 'partial', '14_days'],
  [6, 'yes', 'no', 'yes', 'partial', '14_days'],
  [7, 'no', 'yes', 'yes', 'partial', '14_days'],
  [8, 'yes', 'no', 'no', 'total', '14_days'],
  [9, 'no', 'yes', 'no', 'total', '14_days'],
  [10, 'no', 'no', 'yes', 'total', '60_days'],
  [11, 'yes', 'yes', 'yes', 'partial', '3_days'],
  [12, 'yes', 'yes', 'no', 'total', '3_days_forensics'],
  [13, 'yes', 'no', 'yes', 'total', '3_days_forensics'],
  [14, 'no', 'yes', 'yes', 'total', '3_days'],
  [15, 'yes', 'yes', 'yes', 'total', '3_days_forensics'],
];

/** CISA BOD 26-04, as published by CERT/CC SSVC as the decision table "CISA BOD 26-04" 1.0.0 (namespace cisa). */
export const CISA_BOD_26_04: DecisionTable<BodTimeline> = {
  title: 'CISA BOD 26-04',
  version: '1.0.0',
  columns: [
    { name: 'kev', values: NO_YES },
    { name: 'exposure', values: NO_YES },
    { name: 'automatable', values: AUTOMATABLE },
    { name: 'technicalImpact', values: TECHNICAL_IMPACT },
  ],
  outcomes: BOD_TIMELINE,
  rows: ROWS.map(([row, inKev, exposed, automatable, technicalImpact, outcome]) => ({
    row,
    inputs: [inKev, exposed, automatable, technicalImpact],
    outcome,
  })),
};
