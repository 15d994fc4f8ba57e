import type { Decision } from '../../domain/decision/decision.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { DecisionLog } from '../../ports/decision-log.ts';
import type { PostgresLink } from './postgres-link.ts';

interface Row {
  readonly document: string;
  readonly withdrawn_at: string | null;
}

const SELECT = 'SELECT document, withdrawn_at FROM eras.decisions';
const toDecision = ({ document, withdrawn_at: withdrawnAt }: Row): Decision => ({
  ...JSON.parse(document),
  withdrawnAt,
});

/** What people have decided, in PostgreSQL, for all machines. */
export function createPostgresDecisionLog(link: PostgresLink): DecisionLog {
  return {
    async add({ withdrawnAt, ...decision }) {
      const texts = [decision.id, decision.vulnerabilityId, decision.decidedAt, JSON.stringify(decision)];
      await link.write((query) =>
        query(
          `INSERT INTO eras.decisions (id, vulnerability_id, decided_at, document, withdrawn_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (id) DO NOTHING`,
          [...texts.map(storableText), withdrawnAt],
        ),
      );
    },
    async withdraw(id, at) {
      const rows = await link.write((query) =>
        query<{ id: string }>(
          'UPDATE eras.decisions SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL RETURNING id',
          [id, at],
        ),
      );
      return rows.length > 0;
    },
    async list() {
      const rows = await link.read((query) => query<Row>(`${SELECT} ORDER BY decided_at DESC, id DESC`));
      return rows.map(toDecision);
    },
    async about(vulnerabilityIds) {
      const rows = await link.read((query) =>
        query<Row>(`${SELECT} WHERE withdrawn_at IS NULL AND vulnerability_id = ANY ($1::text[]) ORDER BY id`, [
          vulnerabilityIds.map(storableText),
        ]),
      );
      return rows.map(toDecision);
    },
  };
}
