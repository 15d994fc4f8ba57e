import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { verifyChain } from '../../domain/audit/verify-chain.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { ArchiveRow, ArchiveTable, ArchiveTarget, TruthArchive } from '../../ports/truth-archive.ts';
import { noRows, type RowCounts } from './archive-format.ts';
import { type CallCounter, countCalls } from './count-calls.ts';
import { readArchive } from './read-archive.ts';

/** Rows that an archive held, and those of them that were not there yet. */
export interface ImportOutcome {
  readonly read: RowCounts;
  readonly added: RowCounts;
}

/** Tables whose rows come with an assessment or a ticket, as a whole or not at all: what is there already is not mixed with them. */
const PARENT_KEY: Readonly<Partial<Record<ArchiveTable, string>>> = {
  runs: 'assessment_id',
  subjects: 'assessment_id',
  answers: 'assessment_id',
  findings: 'assessment_id',
  narratives: 'assessment_id',
  stages: 'assessment_id',
  ticket_sightings: 'correlation_id',
};

/**
 * Takes an archive into a store, whole or not at all. An assessment or ticket that is there already stays as it is; the same archive twice
 * changes nothing.
 * @throws RiskError `BAD_INPUT` where the archive is damaged or newer, or its audit log is another one than the store's
 */
export function importArchive(archive: TruthArchive, bytes: AsyncIterable<Uint8Array>): Promise<ImportOutcome> {
  return archive.restore(async (target) => {
    const read = noRows();
    const added = noRows();
    const parents = new Set<unknown>();
    const calls = await countCalls(target);
    const log = await knownHashes(target);
    for await (const { table, rows } of readArchive(bytes)) {
      const wanted = select(table, rows, { parents, calls, log });
      read[table] += rows.length;
      if (table === 'first_seen') {
        added[table] += await target.addFirstSeen(wanted);
        continue;
      }
      const names = await target.add(table, wanted);
      added[table] += names.length;
      if (table === 'assessments' || table === 'tickets') for (const name of names) parents.add(name);
    }
    if (added.audit_log > 0) await checkChain(target);
    return { read, added };
  });
}

/** The rows that may be added. */
function select(
  table: ArchiveTable,
  rows: readonly ArchiveRow[],
  known: { readonly parents: ReadonlySet<unknown>; readonly calls: CallCounter; readonly log: string[] },
): readonly ArchiveRow[] {
  const parentKey = PARENT_KEY[table];
  if (parentKey !== undefined) return rows.filter((row) => known.parents.has(row[parentKey]));
  // Whoever ran it does not run it here.
  if (table === 'assessments')
    return rows.map((row) => (row['status'] === 'running' ? { ...row, status: 'interrupted' } : row));
  if (table === 'model_calls') return rows.filter((row) => known.calls.isNew(row));
  return table === 'audit_log' ? rows.filter((row) => isNewEntry(row, known.log)) : rows;
}

/** @throws RiskError `BAD_INPUT` where two logs have grown apart: neither can be put behind the other. */
function isNewEntry(row: ArchiveRow, log: string[]): boolean {
  const hash = log[Number(row['sequence']) - 1];
  if (hash === row['hash']) return false;
  if (hash === undefined && row['sequence'] === log.length + 1) return log.push(String(row['hash'])) > 0;
  throw new RiskError({
    code: 'BAD_INPUT',
    message: `its audit log is another one than the store's, from entry ${row['sequence']} on; import it into an empty store`,
  });
}

async function knownHashes(target: ArchiveTarget): Promise<string[]> {
  const hashes: string[] = [];
  for await (const rows of target.rows('audit_log')) for (const row of rows) hashes.push(String(row['hash']));
  return hashes;
}

/** @throws RiskError `BAD_INPUT` where the log that came about is no unbroken chain */
async function checkChain(target: ArchiveTarget): Promise<void> {
  const { broken } = await verifyChain(entriesOf(target), null, (text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  if (broken === null) return;
  const message = `its audit log is broken at entry ${broken.sequence}: ${broken.reason}`;
  throw new RiskError({ code: 'BAD_INPUT', message });
}

async function* entriesOf(target: ArchiveTarget): AsyncGenerator<AuditEntry> {
  for await (const rows of target.rows('audit_log')) {
    for (const { previous_hash: previousHash, ...row } of rows) yield { ...row, previousHash } as unknown as AuditEntry;
  }
}
