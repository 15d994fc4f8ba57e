import type { Decision } from '../../domain/decision/decision.ts';
import type { DecisionLog } from '../../ports/decision-log.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly document: string;
  readonly withdrawnAt: string | null;
}

const toDecision = ({ document, withdrawnAt }: Row): Decision => ({ ...JSON.parse(document), withdrawnAt });

/** What people have decided, in the embedded store. */
export function createSqliteDecisionLog(database: SqliteDatabase): DecisionLog {
  const select = 'SELECT document, withdrawn_at AS withdrawnAt FROM decisions';
  return {
    async add({ withdrawnAt, ...decision }) {
      database
        .prepare(
          'INSERT INTO decisions (id, vulnerability_id, decided_at, document, withdrawn_at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(decision.id, decision.vulnerabilityId, decision.decidedAt, JSON.stringify(decision), withdrawnAt);
    },
    async withdraw(id, at) {
      const { changes } = database
        .prepare('UPDATE decisions SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL')
        .run(at, id);
      return changes > 0;
    },
    async list() {
      return database.prepare<[], Row>(`${select} ORDER BY decided_at DESC, id DESC`).all().map(toDecision);
    },
    async about(vulnerabilityIds) {
      return database
        .prepare<[string], Row>(
          `${select} WHERE withdrawn_at IS NULL AND vulnerability_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
        )
        .all(JSON.stringify(vulnerabilityIds))
        .map(toDecision);
    },
  };
}
