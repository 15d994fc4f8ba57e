import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exportArchive } from '../assessment/archive/export-archive.ts';
import { importArchive } from '../assessment/archive/import-archive.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { renderRowCounts } from '../reports/render-row-counts.ts';
import { createTextWriter, readUnpacked } from '../runtime/archive-files.ts';
import { backUpFile, openArchive } from '../runtime/open-archive.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { VERSION } from './version.ts';
import { withStore } from './with-store.ts';

/** How a command of `eras db` reports. */
export interface DbFlags {
  readonly format: 'table' | 'json';
}

/** `eras db backup`: of the embedded store a copy of its file while others write; of PostgreSQL an archive of what is in it. */
export async function runBackup(flags: DbFlags & { readonly output?: string }): Promise<ExitCode> {
  const config = loadProcessConfig();
  return withStore(config, async (store) => {
    const path = flags.output ?? defaultPath(config.home, store.postgres === null ? 'db' : 'ndjson.gz');
    const kind = store.postgres === null ? 'file' : 'archive';
    if (store.postgres === null) await backUpFile(store, path);
    else await exportTo(store, path);
    const hint =
      'pg_dump --format=custom --schema=eras "$DATABASE_URL" makes a backup that PostgreSQL itself can restore';
    if (kind === 'archive') process.stderr.write(`eras: ${hint}\n`);
    await report(flags, { path, kind }, `${path}\n`);
    return EXIT.done;
  });
}

/** `eras db export`: all that nobody can have again, as an archive that any store of ERAS takes in. */
export async function runExport(flags: DbFlags & { readonly output: string }): Promise<ExitCode> {
  return withStore(loadProcessConfig(), async (store) => {
    const rows = await exportTo(store, flags.output);
    await report(flags, { path: flags.output, rows }, `${flags.output}\n${renderRowCounts(rows)}`);
    return EXIT.done;
  });
}

/** `eras db import`: takes an archive in, whole or not at all; what is there already stays. */
export async function runImport(path: string, flags: DbFlags): Promise<ExitCode> {
  const bytes = readUnpacked(path);
  return withStore(loadProcessConfig(), async (store) => {
    const { read, added } = await importArchive(openArchive(store), bytes).catch((error: unknown) => {
      if (!(error instanceof RiskError) || error.code !== 'BAD_INPUT') throw error;
      throw new RiskError({ code: 'BAD_INPUT', message: `cannot import ${path}: ${messageOf(error)}`, cause: error });
    });
    await report(flags, { path, read, added }, renderRowCounts(read, added));
    return EXIT.done;
  });
}

async function exportTo(store: OpenStore, path: string) {
  const output = openOutput(path);
  try {
    const writer = createTextWriter(path.endsWith('.gz'), output.write);
    const about = { exportedAt: systemClock.now().toISOString(), eras: VERSION };
    const rows = await exportArchive(openArchive(store), about, writer.write);
    await writer.end();
    await output.finish();
    return rows;
  } catch (error) {
    output.discard();
    throw error;
  }
}

function defaultPath(home: string, ending: string): string {
  const folder = join(home, 'backups');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new RiskError({ code: 'OUTPUT_FAILED', message: `cannot create ${folder}: ${messageOf(cause)}`, cause });
  }
  return join(folder, `eras-${systemClock.now().toISOString().replace(/[:.]/g, '-')}.${ending}`);
}

/** The outcome, for people or for programs. */
export async function report({ format }: DbFlags, json: object, text: string): Promise<void> {
  await openOutput(null).write(format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : text);
}
