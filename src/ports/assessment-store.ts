import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { IntakeRecord } from '../domain/assessment/intake-record.ts';
import type {
  AssessmentHead,
  AssessmentRequest,
  AssessmentStatus,
  StageName,
  Usage,
} from '../domain/assessment/schema.ts';
import type { CveId } from '../domain/cve/cve-id.ts';
import type { FindingDigest } from '../domain/finding/finding-digest.ts';
import type { NarrativeAgent, NarrativePart, WritingTotals } from '../domain/finding/narrative-part.ts';
import type { Subject } from '../domain/finding/subject.ts';
import type { Lookup, SourceName } from '../domain/source/lookup.ts';

export type { FindingDigest } from '../domain/finding/finding-digest.ts';
export type { NarrativeAgent, NarrativePart, WritingTotals } from '../domain/finding/narrative-part.ts';

/** An answer as an assessment used it; `gap` says what had to stand in, or what is missing, null where all is well. */
export interface GatheredAnswer<Rec = unknown> {
  readonly cveId: CveId;
  readonly lookup: Lookup<Rec>;
  readonly gap: string | null;
}

/** A finding as scoring leaves it: decided, but not yet written. */
export type ScoredFinding = Omit<Finding, 'narrative'>;

/** A scored finding with its place in the ranking: `priority` unrounded, `sortKey` where that is equal. */
export interface RankedFinding {
  readonly finding: ScoredFinding;
  /** What was written at once. */
  readonly written?: Partial<Record<NarrativeAgent, NarrativePart>>;
  readonly priority: number;
  readonly sortKey: string;
}

/** One line of `eras list`. */
export interface AssessmentListing {
  readonly id: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly status: AssessmentStatus;
  readonly targets: readonly string[];
  readonly counts: AssessmentHead['summary']['counts'] | null;
}

/** A stored assessment without its findings; the head is null until the report stage has ended. */
export interface StoredAssessment extends IntakeRecord {
  readonly id: string;
  readonly createdAt: string;
  readonly status: AssessmentStatus;
  readonly request: AssessmentRequest;
  /** What was warned of so far. */
  readonly warnings: readonly string[];
  readonly head: AssessmentHead | null;
}

/** How far an assessment is. */
export interface AssessmentProgress extends Pick<StoredAssessment, 'status' | 'warnings'> {
  /** Whether the report stage has ended. */
  readonly isDone: boolean;
}

/** The run-time record of a stage, milliseconds since the assessment's start. */
export interface StageSpan {
  readonly name: StageName;
  readonly startMs: number;
  readonly endMs: number;
}

/** Counters of outside requests, by source, to be added to an assessment's usage. */
export type HttpCounts = Partial<Usage['http']>;

/** Of the CVEs that a source was asked for over the network: how many, how many of them it does not know, and how many of these it seems to have known before. */
export type LookupCounts = Partial<Record<`${SourceName} ${'asked' | 'unknown' | 'odd'}`, number>>;

/** What was looked up in the response cache, by namespace, to be added to an assessment's usage. */
export type CacheCounts = Usage['cache']['byNamespace'];

/**
 * Where assessments live. Every write is durable when it returns; findings are rows and are read as a stream. Several processes may work on one assessment,
 * and one of them may have been asleep: of answers and of written parts the first stays, and what comes for an assessment that is done is dropped.
 */
export interface AssessmentStore {
  createAssessment(
    input: Pick<StoredAssessment, 'id' | 'createdAt' | 'request' | keyof IntakeRecord> & {
      readonly subjects: readonly Subject[];
      readonly http: HttpCounts;
      /** Whether workers of a fleet do it, and not the process that stores it. */
      readonly isFleet?: boolean;
    },
  ): Promise<void>;
  /** What findings are about, by vulnerability; a CVE id that was given and nothing else is missing. */
  loadSubjects(id: string, vulnerabilityIds: readonly string[]): Promise<ReadonlyMap<string, readonly Subject[]>>;
  /** How many findings are about more than a CVE id. */
  countSubjects(id: string): Promise<number>;
  /** The vulnerabilities of an assessment that have no CVE id. */
  otherIds(id: string): Promise<string[]>;
  findAssessment(id: string): Promise<StoredAssessment | null>;
  /** What changes of an assessment while it runs, without what may be long. */
  findProgress(id: string): Promise<AssessmentProgress | null>;
  listAssessments(): Promise<AssessmentListing[]>;
  /** Takes over a stored assessment, for this process or for the fleet (`isFleet`); false where another live process, or the other of the two, holds it. */
  claimAssessment(id: string, isFleet?: boolean): Promise<boolean>;
  /** Changes nothing of an assessment that is done. */
  setStatus(id: string, status: AssessmentStatus): Promise<void>;
  /** Stores the head and drops the answers, whose use the findings carry, in one step. The first to finish an assessment has finished it. */
  finishAssessment(id: string, head: AssessmentHead): Promise<void>;
  saveWarning(id: string, message: string): Promise<void>;

  saveAnswers(
    id: string,
    source: SourceName,
    answers: readonly GatheredAnswer[],
    counts: HttpCounts & LookupCounts,
  ): Promise<void>;
  /** The ids among those given for which no answer of the source was saved yet. */
  missingAnswers(id: string, source: SourceName, cveIds: readonly CveId[]): Promise<CveId[]>;
  loadAnswers(id: string, source: SourceName, cveIds: readonly CveId[]): Promise<ReadonlyMap<CveId, GatheredAnswer>>;
  /** The answers that lack something, and what. */
  loadGaps(id: string): Promise<readonly { cveId: CveId; source: SourceName; gap: string }[]>;
  loadCounts(id: string): Promise<HttpCounts & LookupCounts>;
  /** Adds to what was looked up for an assessment, by whichever process. */
  addCacheCounts(id: string, counts: CacheCounts): Promise<void>;
  loadCacheCounts(id: string): Promise<CacheCounts>;

  saveFindings(id: string, findings: readonly RankedFinding[]): Promise<void>;
  /** Findings in priority order, highest first; `narrative` holds what has been written so far. */
  readFindings(id: string): AsyncIterable<Finding>;
  /** The same as JSON in UTF-8, many at a time, with the separator between one finding and the next. */
  readFindingsAsJson(id: string, separator: string): AsyncIterable<Uint8Array>;
  saveNarratives(
    id: string,
    agent: NarrativeAgent,
    parts: readonly { findingId: string; part: NarrativePart }[],
  ): Promise<void>;
  loadWritingTotals(id: string): Promise<WritingTotals>;
  /** What a summary counts of the findings, in priority order. */
  readDigests(id: string): AsyncIterable<FindingDigest>;
  /** Findings for which this agent has written nothing yet, of all or of those named, in priority order, page by page. */
  readUnwritten(
    id: string,
    agent: NarrativeAgent,
    findingIds?: readonly string[],
  ): AsyncIterable<readonly ScoredFinding[]>;
  /** The day (`YYYY-MM-DD`) on which each finding was first seen; unseen ones are recorded as seen on `today`. */
  firstSeen(findingIds: readonly string[], today: string): Promise<ReadonlyMap<string, string>>;

  saveStage(id: string, span: StageSpan): Promise<void>;
  loadStages(id: string): Promise<StageSpan[]>;
}
