import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { Write } from './render-json.ts';

/** A stored assessment to be rendered: its findings stream, as often as the format reads them. */
export interface Report {
  readonly head: AssessmentHead;
  readonly readFindings: () => AsyncIterable<Finding>;
  /** The findings as the JSON that the store holds. */
  readonly readFindingsAsJson: (separator: string) => AsyncIterable<Uint8Array>;
}

/** What a renderer may know of its reader and its sender. */
export interface ReportSettings {
  readonly useColor: boolean;
}

/** Writes a report in one format as it reads the findings. */
export type RenderReport = (report: Report, write: Write, settings: ReportSettings) => Promise<void>;
