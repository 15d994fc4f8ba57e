import { createHash } from 'node:crypto';
import { type AuditEntry, canonicalJson, GENESIS_HASH, hashedText } from '../../domain/audit/audit-entry.ts';
import { type BrokenLink, verifyChain } from '../../domain/audit/verify-chain.ts';
import { clipLine } from '../../kernel/clip.ts';
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

  function note(path: string, { sequence, hash }: AuditEntry): void {
    noteAuditHead(path, { entries: sequence, hash });
    database.exec('INSERT OR IGNORE INTO audit_head_noted VALUES (1)');
  }

  /** A log that was taken in from elsewhere, or whose first writer was killed, never had a head here. */
  const isHeadLost = () =>
    headPath !== null &&
    readAuditHead(headPath) === null &&
    database.prepare('SELECT 1 FROM audit_head_noted').get() !== undefined;

  return {
    async append(input) {
      const usual = database.pragma('synchronous', { simple: true });
      // An intention must outlive a power cut: the write that follows it does.
      database.pragma('synchronous = FULL');
      try {
        if (headPath !== null && isHeadLost()) add(headLost(headPath));
        const entry = add(input);
        if (headPath !== null) note(headPath, entry);
        return entry;
      } finally {
        database.pragma(`synchronous = ${String(usual)}`);
      }
    },
    async targetsOf(action) {
      const select = database
        .prepare<[string], string>('SELECT DISTINCT target FROM audit_log WHERE action = ?')
        .pluck();
      return new Set(select.all(action));
    },
    async verify() {
      const noted = headPath === null ? null : readAuditHead(headPath);
      const report = await verifyChain(rowsOf(database), noted, sha256);
      return headPath !== null && report.broken === null && isHeadLost()
        ? { ...report, broken: lostHead(report.entries, headPath) }
        : report;
    },
  };
}

/** What stands in the log for good where its head was gone when somebody wrote again. */
function headLost(path: string): Parameters<AuditLog['append']>[0] {
  return { action: 'audit.head.lost', target: path, detail: null };
}

function lostHead(entries: number, path: string): BrokenLink {
  const where = clipLine(path, 300);
  const reason = `nobody can tell whether the end was cut off: ${where}, which is written with each entry, is gone; bring it back, or, where it is known why (a store that was moved without it), the next entry says so in the log and begins it anew`;
  return { sequence: entries + 1, reason };
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
