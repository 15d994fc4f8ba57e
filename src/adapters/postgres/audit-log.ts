import { createHash } from 'node:crypto';
import { type AuditEntry, canonicalJson, GENESIS_HASH, hashedText } from '../../domain/audit/audit-entry.ts';
import { verifyChain } from '../../domain/audit/verify-chain.ts';
import type { Clock } from '../../kernel/clock.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { AuditHeadKeeper, AuditLog } from '../../ports/audit-log.ts';
import { LOCKS } from './locks.ts';
import type { PostgresLink } from './postgres-link.ts';
import type { Query } from './query.ts';

/** What the audit log needs besides the server. */
export interface AuditLogParts {
  readonly clock: Clock;
  readonly actor: string;
  /** Where this machine notes how far the log has come, apart from the server; null: nowhere. */
  readonly head: AuditHeadKeeper | null;
}

/** Entries read at once. */
const PAGE = 1000;

/** The audit log in PostgreSQL: one chain for all machines, whose ends are added one after the other under a lock. */
export function createPostgresAuditLog(link: PostgresLink, { clock, actor, head }: AuditLogParts): AuditLog {
  async function add(query: Query, input: Parameters<AuditLog['append']>[0]): Promise<AuditEntry> {
    // An intention must outlive a power cut of the server, whatever its default is: the write that follows it does.
    await query('SET LOCAL synchronous_commit = on');
    await query('SELECT pg_advisory_xact_lock($1)', [LOCKS.audit]);
    const [last] = await query<{ sequence: string; hash: string }>(
      'SELECT sequence, hash FROM eras.audit_log ORDER BY sequence DESC LIMIT 1',
    );
    const unsigned = {
      sequence: Number(last?.sequence ?? 0) + 1,
      at: clock.now().toISOString(),
      actor: storableText(actor),
      action: storableText(input.action),
      target: storableText(input.target),
      detail: canonicalJson(input.detail ?? null),
      previousHash: last?.hash ?? GENESIS_HASH,
    };
    const entry = { ...unsigned, hash: sha256(hashedText(unsigned)) };
    await query(
      `INSERT INTO eras.audit_log (sequence, at, actor, action, target, detail, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [entry.sequence, entry.at, entry.actor, entry.action, entry.target, entry.detail, entry.previousHash, entry.hash],
    );
    return entry;
  }

  return {
    async append(input) {
      const entry = await link.write((query) => add(query, input));
      head?.note({ entries: entry.sequence, hash: entry.hash });
      return entry;
    },
    async targetsOf(action) {
      const rows = await link.read((query) =>
        query<{ target: string }>('SELECT DISTINCT target FROM eras.audit_log WHERE action = $1', [action]),
      );
      return new Set(rows.map(({ target }) => target));
    },
    async verify() {
      // What was noted before is looked for: the log may grow while it is read.
      const noted = head?.read() ?? null;
      return verifyChain(readEntries(link), noted, sha256);
    },
  };
}

/** The entries in their order. */
async function* readEntries(link: PostgresLink): AsyncGenerator<AuditEntry> {
  let after = 0;
  for (;;) {
    const page = await link.read((query) =>
      query<Omit<AuditEntry, 'sequence'> & { sequence: string }>(
        `SELECT sequence, at, actor, action, target, detail, previous_hash AS "previousHash", hash
         FROM eras.audit_log WHERE sequence > $1 ORDER BY sequence LIMIT ${PAGE}`,
        [after],
      ),
    );
    for (const entry of page) yield { ...entry, sequence: Number(entry.sequence) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = Number(last.sequence);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
