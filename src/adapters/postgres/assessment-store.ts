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
import { createFindingRows } from './finding-rows.ts';
import { createFirstSeen } from './first-seen.ts';
import { createHeartbeat } from './heartbeat.ts';
import { FROM, HELD, type Held, isAlive } from './held.ts';
import { FLEET } from './owner.ts';
import type { PostgresLink } from './postgres-link.ts';
import { createSubjectRows, saveSubjects } from './subject-rows.ts';

interface AssessmentRow extends Held {
  readonly created_at: string;
  readonly request: string;
  readonly intake_gaps: string;
  readonly warnings: string;
  readonly head: string | null;
}

interface ProgressRow extends Held {
  readonly warnings: string;
  readonly is_done: boolean;
}

interface ListingRow extends Held {
  readonly id: string;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly targets: string;
  readonly counts: string | null;
}

/** Assessments in PostgreSQL, for all machines that know it. */
export function createPostgresAssessmentStore(link: PostgresLink): AssessmentStore {
  const heartbeat = createHeartbeat(link);
  const { owner } = link.config;
  return {
    ...createAnswerRows(link),
    ...createFindingRows(link),
    ...createSubjectRows(link),
    firstSeen: createFirstSeen(link),
    async createAssessment({ id, createdAt, request, subjects, http, isFleet = false, ...intake }) {
      await link.write(async (query) => {
        await query(
          `INSERT INTO eras.assessments (id, created_at, status, request, intake_gaps, targets) VALUES ($1, $2, 'running', $3, $4, $5)`,
          [id, createdAt, JSON.stringify(request), encodeIntake(intake), JSON.stringify(request.targets)],
        );
        await query('INSERT INTO eras.runs (assessment_id, owner, http_counts) VALUES ($1, $2, $3)', [
          id,
          isFleet ? FLEET : owner,
          JSON.stringify(http),
        ]);
        await saveSubjects(query, id, subjects);
      });
      if (!isFleet) heartbeat.begin(id);
    },
    async findProgress(id) {
      const [row] = await link.read((query) =>
        query<ProgressRow>(`SELECT a.head IS NOT NULL AS is_done, r.warnings, ${HELD} ${FROM} WHERE a.id = $1`, [id]),
      );
      if (row === undefined) return null;
      return { status: statusOf(row), warnings: JSON.parse(row.warnings), isDone: row.is_done };
    },
    async findAssessment(id) {
      const [row] = await link.read((query) =>
        query<AssessmentRow>(
          `SELECT a.created_at, a.request, a.intake_gaps, a.head, r.warnings, ${HELD} ${FROM} WHERE a.id = $1`,
          [id],
        ),
      );
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
      const rows = await link.read((query) =>
        query<ListingRow>(
          `SELECT a.id, a.created_at, a.finished_at, a.targets, a.counts, ${HELD} ${FROM} ORDER BY a.id DESC`,
        ),
      );
      return rows.map(toListing);
    },
    async claimAssessment(id, isFleet = false) {
      const claimant = isFleet ? FLEET : owner;
      const claimed = await link.write(async (query) => {
        const [row] = await query<Held & { is_done: boolean }>(
          `SELECT a.head IS NOT NULL AS is_done, ${HELD} ${FROM} WHERE a.id = $1 FOR UPDATE OF r`,
          [id],
        );
        if (row === undefined || (row.status === 'running' && row.owner !== claimant && isAlive(row))) return 'no';
        if (row.is_done) return 'done';
        await query(`UPDATE eras.assessments SET status = 'running' WHERE id = $1`, [id]);
        await query('UPDATE eras.runs SET owner = $2, touched_at = clock_timestamp() WHERE assessment_id = $1', [
          id,
          claimant,
        ]);
        return 'yes';
      });
      if (claimed === 'yes' && !isFleet) heartbeat.begin(id);
      return claimed !== 'no';
    },
    async setStatus(id, status) {
      await link.read((query) =>
        query('UPDATE eras.assessments SET status = $2 WHERE id = $1 AND head IS NULL', [id, status]),
      );
      if (status !== 'running') heartbeat.end(id);
    },
    async finishAssessment(id, head) {
      await link.write(async (query) => {
        await query(
          `UPDATE eras.assessments SET status = 'done', finished_at = $2, head = $3, counts = $4 WHERE id = $1 AND head IS NULL`,
          [id, head.finishedAt, JSON.stringify(head), JSON.stringify(head.summary.counts)],
        );
        // Its findings carry what was used of the answers.
        await query('DELETE FROM eras.answers WHERE assessment_id = $1', [id]);
      });
      heartbeat.end(id);
    },
    async saveWarning(id, message) {
      // JSON is text here: the new end goes in the place of the bracket.
      await link.write((query) =>
        query(
          `UPDATE eras.runs SET warnings = CASE warnings WHEN '[]' THEN '[' ELSE left(warnings, -1) || ',' END || $2::text || ']'
           WHERE assessment_id = $1`,
          [id, JSON.stringify(message)],
        ),
      );
    },
    async loadCounts(id) {
      const [row] = await link.read((query) =>
        query<{ counts: string }>('SELECT http_counts AS counts FROM eras.runs WHERE assessment_id = $1', [id]),
      );
      return JSON.parse(row?.counts ?? '{}') as HttpCounts & LookupCounts;
    },
    async addCacheCounts(id, counts) {
      if (Object.keys(counts).length === 0) return;
      await link.write(async (query) => {
        const [run] = await query<{ counts: string }>(
          'SELECT cache_counts AS counts FROM eras.runs WHERE assessment_id = $1 FOR UPDATE',
          [id],
        );
        if (run === undefined) return;
        await query('UPDATE eras.runs SET cache_counts = $2 WHERE assessment_id = $1', [
          id,
          JSON.stringify(addCacheCounts(JSON.parse(run.counts), counts)),
        ]);
      });
    },
    async loadCacheCounts(id) {
      const [row] = await link.read((query) =>
        query<{ counts: string }>('SELECT cache_counts AS counts FROM eras.runs WHERE assessment_id = $1', [id]),
      );
      return JSON.parse(row?.counts ?? '{}') as CacheCounts;
    },
    async saveStage(id, { name, startMs, endMs }) {
      // A stage with two phases, or one run again after a kill, spans from its first start to its last end.
      await link.read(async (query) => {
        await query(
          `INSERT INTO eras.stages AS s (assessment_id, name, start_ms, end_ms) VALUES ($1, $2, $3, $4)
           ON CONFLICT (assessment_id, name) DO UPDATE
             SET start_ms = least(s.start_ms, excluded.start_ms), end_ms = greatest(s.end_ms, excluded.end_ms)`,
          [id, name, startMs, endMs],
        );
        await query('UPDATE eras.runs SET touched_at = clock_timestamp() WHERE assessment_id = $1', [id]);
      });
    },
    loadStages: (id) =>
      link.read((query) =>
        query<StageSpan>(
          `SELECT name, start_ms AS "startMs", end_ms AS "endMs" FROM eras.stages WHERE assessment_id = $1 ORDER BY name`,
          [id],
        ),
      ),
  };
}

/** An assessment that says `running` but whose process is gone was killed: it is interrupted, and can be resumed. */
function statusOf(row: Held): AssessmentStatus {
  return row.status === 'running' && !isAlive(row) ? 'interrupted' : row.status;
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
