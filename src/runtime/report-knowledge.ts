import { toCweId } from '../domain/cwe/cwe-id.ts';
import type { ReportSettings } from '../reports/report.ts';
import { baseScore } from '../scoring/cvss/score-cvss.ts';
import { loadSnapshot } from './bundled-data.ts';

/** What reports know beside the assessment; the snapshot loads when a report asks. */
export const reportKnowledge: Pick<ReportSettings, 'cweName' | 'cvssBaseScore'> = {
  cweName(text) {
    const id = toCweId(text);
    return id === null ? null : loadSnapshot().cweName(id);
  },
  cvssBaseScore: baseScore,
};
