import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { AuditHead } from '../../domain/audit/verify-chain.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';

const Head = z.object({ entries: z.int().min(0), hash: z.string() });

/**
 * Notes how far the audit log has come. Never goes back: a log that is shorter than what was noted has lost its end, which is to be seen
 * until a person has looked at it. Written after the entry: a process that is killed between the two leaves a head that is merely older.
 * @throws RiskError `STORE_FAILED`
 */
export function noteAuditHead(path: string, head: AuditHead): void {
  const noted = readAuditHead(path);
  if (noted !== null && noted.entries >= head.entries) return;
  const fresh = `${path}.${process.pid}`;
  try {
    writeFileSync(fresh, `${JSON.stringify(head)}\n`, { mode: 0o600 });
    renameSync(fresh, path);
  } catch (error) {
    throw cannot('write', path, error);
  }
}

/** The head that was noted last; null where none was. @throws RiskError `STORE_FAILED` where the file is not readable */
export function readAuditHead(path: string): AuditHead | null {
  if (!existsSync(path)) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw cannot('read', path, error);
  }
  const head = Head.safeParse(parseOrNull(text));
  if (head.success) return head.data;
  throw cannot(
    'read',
    path,
    new Error('it is none; move it away once you know why, and eras audit verify goes on without'),
  );
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function cannot(what: string, path: string, cause: unknown): RiskError {
  const message = `cannot ${what} the head of the audit log ${path}: ${messageOf(cause)}`;
  return new RiskError({ code: 'STORE_FAILED', message, cause });
}
