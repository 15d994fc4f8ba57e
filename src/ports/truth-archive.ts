/** A row as archives have it: columns by name. */
export type ArchiveRow = Readonly<Record<string, string | number | null>>;

/**
 * What an archive holds, in the order in which it is written: the tables of assessments and of what outlives them, with their columns (`?`: may be
 * null, `#`: a number). What is computed from these, and who holds a running assessment, is no part of it.
 */
export const ARCHIVE_TABLES = {
  assessments: ['id', 'created_at', 'finished_at?', 'status', 'request', 'intake_gaps', 'head?'],
  runs: ['assessment_id', 'http_counts', 'cache_counts', 'warnings'],
  subjects: ['assessment_id', 'vulnerability_id', 'place#', 'has_cve#', 'document'],
  answers: ['assessment_id', 'source', 'cve_id', 'lookup', 'gap?'],
  findings: ['assessment_id', 'id', 'status', 'level?', 'priority#', 'sort_key', 'document', 'narrative?'],
  narratives: ['assessment_id', 'finding_id', 'agent', 'part', 'remarks?'],
  stages: ['assessment_id', 'name', 'start_ms#', 'end_ms#'],
  first_seen: ['finding_id', 'day'],
  model_calls: [
    'assessment_id',
    'agent',
    'provider',
    'model',
    'prompt_version',
    'prices_as_of',
    'is_batch#',
    'is_cache_asked#',
    'most_usd#?',
    'sent_at',
    'prompt_hash?',
    'ended_at?',
    'outcome',
    'input#',
    'cache_write_5m#',
    'cache_write_1h#',
    'cache_read#',
    'output#',
    'cost_usd#?',
    'reply?',
  ],
  audit_log: ['sequence#', 'at', 'actor', 'action', 'target', 'detail', 'previous_hash', 'hash'],
  tickets: ['correlation_id', 'fix_id', 'fix', 'ticket_id', 'number', 'content_hash', 'gone_at?'],
  ticket_sightings: ['correlation_id', 'key', 'sighting'],
  decisions: ['id', 'vulnerability_id', 'decided_at', 'document', 'withdrawn_at?'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a column holds in archives that are older than it. */
export const ARCHIVE_DEFAULTS: Readonly<Record<string, string>> = { cache_counts: '{}' };

/** By which columns a row is known; of calls of a model that is the store's own number. */
export const ARCHIVE_KEYS: Readonly<Record<keyof typeof ARCHIVE_TABLES, readonly string[]>> = {
  assessments: ['id'],
  runs: ['assessment_id'],
  subjects: ['assessment_id', 'vulnerability_id', 'place'],
  answers: ['assessment_id', 'source', 'cve_id'],
  findings: ['assessment_id', 'id'],
  narratives: ['assessment_id', 'finding_id', 'agent'],
  stages: ['assessment_id', 'name'],
  first_seen: ['finding_id'],
  model_calls: ['id'],
  audit_log: ['sequence'],
  tickets: ['correlation_id'],
  ticket_sightings: ['correlation_id', 'key'],
  decisions: ['id'],
};

export type ArchiveTable = keyof typeof ARCHIVE_TABLES;

export const ARCHIVE_TABLE_NAMES = Object.keys(ARCHIVE_TABLES) as readonly ArchiveTable[];

/** The names of a table's columns. */
export function columnsOf(table: ArchiveTable): readonly string[] {
  return ARCHIVE_TABLES[table].map((column) => column.replace(/[#?]/g, ''));
}

/** A store as one moment sees it. */
export interface ArchiveView {
  /** The rows of a table, the audit log's in their order, some at a time. */
  rows(table: ArchiveTable): AsyncIterable<readonly ArchiveRow[]>;
}

/** A store that is written into, all or nothing. */
export interface ArchiveTarget extends ArchiveView {
  /** Adds the rows whose key is not there yet; those that are there stay as they are. Returns the first column of those that were added. */
  add(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<readonly (string | number | null)[]>;
  /** Notes when findings were first seen: the earlier day holds. Returns of how many it was not known. */
  addFirstSeen(rows: readonly ArchiveRow[]): Promise<number>;
}

/** A store as a whole: read at one moment, written in one step, and what is too old removed. */
export interface TruthArchive {
  read<Value>(work: (view: ArchiveView) => Promise<Value>): Promise<Value>;
  /** Whatever `work` throws, nothing of what it did stays. */
  restore<Value>(work: (target: ArchiveTarget) => Promise<Value>): Promise<Value>;
  /** Removes assessments and all that hangs on them but what was paid, but none that is being worked on. Returns those that were removed. */
  remove(assessmentIds: readonly string[]): Promise<readonly string[]>;
}
