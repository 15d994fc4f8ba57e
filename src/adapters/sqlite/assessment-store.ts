import { addCacheCounts } from '../../domain/assessment/add-cache-counts.ts';
import { decodeIntake, encodeIntake } from '../../domain/assessment/intake-record.ts';
import type { AssessmentStatus } from '../../domain/assessment/schema.ts';
import type {
  AssessmentListing,
  AssessmentStore,
  CacheCounts,
  HttpCounts,
  LookupCounts,
  StageSpan,
} from '../../ports/assessment-store.ts';
import { createAnswerRows } from './answer-rows.ts';
import type { SqliteDatabase } from './database.ts';
import { createFindingRows } from './finding-rows.ts';
import { FLEET, isOwnerAlive, OWNER } from './owner.ts';
import { createSubjectRows } from './subject-rows.ts';

interface AssessmentRow {
  readonly id: string;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly status: AssessmentStatus;
  readonly owner: string;
  readonly touched_at: number;
  readonly request: string;
  readonly intake_gaps: string;
  readonly warnings: string;
  readonly head: string | null;
}

interface ProgressRow extends Pick<AssessmentRow, 'status' | 'owner' | 'touched_at' | 'warnings'> {
  readonly is_done: 0 | 1;
}

interface ListingRow
  extends Pick<AssessmentRow, 'id' | 'created_at' | 'finished_at' | 'status' | 'owner' | 'touched_at'> {
  readonly targets: string;
  readonly counts: string | null;
}

/** Assessments in the embedded store; safe with several processes on one file. */
export function createSqliteAssessmentStore(database: SqliteDatabase): AssessmentStore {
  const select = database.prepare<[string], AssessmentRow>(
    'SELECT * FROM assessments JOIN runs ON assessment_id = id WHERE id = ?',
  );
  const selectProgress = database.prepare<[string], ProgressRow>(
    `SELECT status, owner, touched_at, warnings, head IS NOT NULL AS is_done FROM assessments JOIN runs ON assessment_id = id WHERE id = ?`,
  );

  const selectCacheCounts = database
    .prepare<[string], string>('SELECT cache_counts FROM runs WHERE assessment_id = ?')
    .pluck();

  const { save: saveSubjects, ...subjectRows } = createSubjectRows(database);
  return {
    ...createAnswerRows(database),
    ...createFindingRows(database),
    ...subjectRows,
    async createAssessment({ id, createdAt, request, subjects, http, isFleet = false, ...intake }) {
      database
        .transaction(() => {
          database
            .prepare(
              `INSERT INTO assessments (id, created_at, status, request, intake_gaps) VALUES (?, ?, 'running', ?, ?)`,
            )
            .run(id, createdAt, JSON.stringify(request), encodeIntake(intake));
          database
            .prepare('INSERT INTO runs (assessment_id, owner, touched_at, http_counts) VALUES (?, ?, ?, ?)')
            .run(id, isFleet ? FLEET : OWNER, Date.now(), JSON.stringify(http));
          saveSubjects(id, subjects);
        })
        .immediate();
    },
    async findProgress(id) {
      const row = selectProgress.get(id);
      if (row === undefined) return null;
      return { status: statusOf(row), warnings: JSON.parse(row.warnings), isDone: row.is_done === 1 };
    },
    async findAssessment(id) {
      const row = select.get(id);
      if (row === undefined) return null;
      return {
        id,
        createdAt: row.created_at,
        status: statusOf(row),
        request: JSON.parse(row.request),
        ...decodeIntake(row.intake_gaps),
        warnings: JSON.parse(row.warnings),
        head: row.head === null ? null : JSON.parse(row.head),
      };
    },
    async listAssessments() {
      // Heads hold every gap: only what a listing shows is read out of them.
      const rows = database
        .prepare<[], ListingRow>(
          `SELECT id, created_at, finished_at, status, owner, touched_at, json_extract(request, '$.targets') AS targets,
                  json_extract(head, '$.summary.counts') AS counts
           FROM assessments JOIN runs ON assessment_id = id ORDER BY id DESC`,
        )
        .all();
      return rows.map(toListing);
    },
    async claimAssessment(id, isFleet = false) {
      const owner = isFleet ? FLEET : OWNER;
      return database
        .transaction(() => {
          const row = select.get(id);
          if (
            row === undefined ||
            (row.status === 'running' && row.owner !== owner && isOwnerAlive(row.owner, row.touched_at))
          )
            return false;
          if (row.head !== null) return true;
          database.prepare(`UPDATE assessments SET status = 'running' WHERE id = ?`).run(id);
          database
            .prepare('UPDATE runs SET owner = ?, touched_at = ? WHERE assessment_id = ?')
            .run(owner, Date.now(), id);
          return true;
        })
        .immediate();
    },
    async setStatus(id, status) {
      database.prepare('UPDATE assessments SET status = ? WHERE id = ? AND head IS NULL').run(status, id);
    },
    async finishAssessment(id, head) {
      database
        .transaction(() => {
          database
            .prepare(`UPDATE assessments SET status = 'done', finished_at = ?, head = ? WHERE id = ? AND head IS NULL`)
            .run(head.finishedAt, JSON.stringify(head), id);
          // Its findings carry what was used of the answers.
          database.prepare('DELETE FROM answers WHERE assessment_id = ?').run(id);
        })
        .immediate();
    },
    async saveWarning(id, message) {
      database
        .prepare(`UPDATE runs SET warnings = json_insert(warnings, '$[#]', json(?)) WHERE assessment_id = ?`)
        .run(JSON.stringify(message), id);
    },
    async loadCounts(id) {
      const counts = database.prepare('SELECT http_counts FROM runs WHERE assessment_id = ?').pluck().get(id);
      return JSON.parse(String(counts)) as HttpCounts & LookupCounts;
    },
    async addCacheCounts(id, counts) {
      if (Object.keys(counts).length === 0) return;
      database
        .transaction(() => {
          const known = selectCacheCounts.get(id);
          if (known === undefined) return;
          database
            .prepare('UPDATE runs SET cache_counts = ? WHERE assessment_id = ?')
            .run(JSON.stringify(addCacheCounts(JSON.parse(known), counts)), id);
        })
        .immediate();
    },
    async loadCacheCounts(id) {
      return JSON.parse(selectCacheCounts.get(id) ?? '{}') as CacheCounts;
    },
    async saveStage(id, { name, startMs, endMs }) {
      // A stage with two phases, or one run again after a kill, spans from its first start to its last end.
      database
        .prepare(
          `INSERT INTO stages (assessment_id, name, start_ms, end_ms) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET start_ms = min(start_ms, excluded.start_ms), end_ms = max(end_ms, excluded.end_ms)`,
        )
        .run(id, name, startMs, endMs);
      database.prepare('UPDATE runs SET touched_at = ? WHERE assessment_id = ?').run(Date.now(), id);
    },
    async loadStages(id) {
      return database
        .prepare<[string], StageSpan>(
          'SELECT name, start_ms AS startMs, end_ms AS endMs FROM stages WHERE assessment_id = ?',
        )
        .all(id);
    },
  };
}

/** An assessment that says `running` but whose process is gone was killed: it is interrupted, and can be resumed. */
function statusOf(row: Pick<AssessmentRow, 'status' | 'owner' | 'touched_at'>): AssessmentStatus {
  return row.status === 'running' && !isOwnerAlive(row.owner, row.touched_at) ? 'interrupted' : row.status;
}

function toListing(row: ListingRow): AssessmentListing {
  return {
    id: row.id,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    status: statusOf(row),
    targets: JSON.parse(row.targets),
    counts: row.counts === null ? null : JSON.parse(row.counts),
  };
}
