import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { CvssVector } from '../domain/cvss/cvss-vector.ts';
import type { DocumentInput } from './document/build-document.ts';
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
  /** The version of ERAS. */
  readonly version: string;
  /** Who publishes it; null where nobody is named. */
  readonly publisher: Publisher | null;
  /** MITRE's name of a weakness; null where it is not known. */
  readonly cweName: (cweId: string) => string | null;
  /** The base score that a vector gives, 0.0 to 10.0. */
  readonly cvssBaseScore: (vector: CvssVector) => number;
  /** What typeset formats need beside; read when one of them asks. @throws RiskError `BAD_INPUT` for a bad template */
  readonly document: () => Promise<DocumentSettings>;
}

/** How a typeset report looks, what it is compared with, and the method it states. */
export type DocumentSettings = Pick<DocumentInput, 'method' | 'template' | 'previous' | 'history'>;

/** Who publishes a document (CSAF 2.0, section 3.2.1.8). */
export interface Publisher {
  readonly name: string;
  /** A URI that the publisher's names are unique under. */
  readonly namespace: string;
  readonly category: 'coordinator' | 'discoverer' | 'other' | 'translator' | 'user' | 'vendor';
}

/** Writes a report in one format as it reads the findings. */
export type RenderReport = (report: Report, write: Write, settings: ReportSettings) => Promise<void>;
