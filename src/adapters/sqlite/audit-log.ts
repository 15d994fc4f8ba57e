import { createHash } from 'node:crypto';
import { type AuditEntry, canonicalJson, GENESIS_HASH, hashedText } from '../../domain/audit/audit-entry.ts';
import { verifyChain } from '../../domain/audit/verify-chain.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import { noteAuditHead, readAuditHead } from './audit-head.ts';
import type { SqliteDatabase } from './database.ts';

const COLUMNS = 'sequence, at, actor, action, target, detail, previous_hash AS previousHash, hash';

/** What the audit log needs besides the database. */
export interface AuditLogParts {
  readonly clock: Clock;
  readonly actor: string;
  /** The file in which the head is kept beside the store; null where the store is gone with the process. */
  readonly headPath: string | null;
}

/** The audit log in the embedded store; safe with several processes on one file. */
export function createSqliteAuditLog(database: SqliteDatabase, { clock, actor, headPath }: AuditLogParts): AuditLog {
  const lastHash = () =>
    database.prepare<[], Pick<AuditEntry, 'sequence' | 'hash'>>(
      'SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1',
    );
  const insert = () =>
    database.prepare(
      `INSERT INTO audit_log (sequence, at, actor, action, target, detail, previous_hash, hash)
       VALUES (@sequence, @at, @actor, @action, @target, @detail, @previousHash, @hash)`,
    );

  /** IMMEDIATE: of several processes, each reads the last hash when nobody else can add to it. */
  function add(input: Parameters<AuditLog['append']>[0]): AuditEntry {
    return database
      .transaction(() => {
        const last = lastHash().get();
        const unsigned = {
          sequence: (last?.sequence ?? 0) + 1,
          at: clock.now().toISOString(),
          actor: storableText(actor),
          action: storableText(input.action),
          target: storableText(input.target),
          detail: canonicalJson(input.detail ?? null),
          previousHash: last?.hash ?? GENESIS_HASH,
        };
        const entry = { ...unsigned, hash: sha256(hashedText(unsigned)) };
        insert().run(entry);
        return entry;
      })
      .immediate();
  }

  return {
    async append(input) {
      const usual = database.pragma('synchronous', { simple: true });
      // An intention must outlive a power cut: the write that follows it does.
      database.pragma('synchronous = FULL');
      try {
        const entry = add(input);
        if (headPath !== null) noteAuditHead(headPath, { entries: entry.sequence, hash: entry.hash });
        return entry;
      } finally {
        database.pragma(`synchronous = ${String(usual)}`);
      }
    },
    async verify() {
      const noted = headPath === null ? null : readAuditHead(headPath);
      return verifyChain(rowsOf(database), noted, sha256);
    },
  };
}

/** @throws RiskError `STORE_FAILED` where there is no log to read */
function rowsOf(database: SqliteDatabase): Iterable<AuditEntry> {
  try {
    return database.prepare<[], AuditEntry>(`SELECT ${COLUMNS} FROM audit_log ORDER BY sequence`).iterate();
  } catch (cause) {
    throw new RiskError({ code: 'STORE_FAILED', message: `the audit log cannot be read: ${messageOf(cause)}`, cause });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
