import { loadProcessConfig } from '../config/process-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { plainText } from '../reports/words.ts';
import { createKnowledge, type IngestOutcome } from '../runtime/create-knowledge.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { listenForInterruption } from './interruption.ts';
import { readPairs } from './pairs.ts';
import { createSpinner } from './progress.ts';
import { withStore } from './with-store.ts';

/** Flags of `eras ingest`. */
export interface IngestFlags {
  readonly workers?: number;
  readonly field: readonly string[];
  readonly prune?: true;
  readonly reembed?: true;
  readonly quiet?: true;
}

/** `eras ingest`: a document that cannot be read is named and passed over. */
export async function runIngest(names: readonly string[], flags: IngestFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const fields = Object.fromEntries(readPairs(flags.field, '--field').map(({ field, value }) => [field, value]));
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    const knowledge = await createKnowledge(config, store, { workers: flags.workers ?? null });
    try {
      const { paths, folders, missing } = await knowledge.find(names);
      for (const name of missing) say(`${name}: there is no such file or folder`);
      if (paths.length === 0 && folders.length === 0) throw nothingToRead(names, missing);
      const request = { paths, folders, fields, prune: flags.prune === true, reembed: flags.reembed === true };
      const counts = await follow(knowledge.ingest(request, signal), paths.length, flags.quiet === true);
      process.stdout.write(summaryOf(counts));
      return counts.skipped + missing.length > 0 ? EXIT.gaps : EXIT.done;
    } finally {
      await knowledge.close();
    }
  });
}

type Counts = Record<IngestOutcome['kind'] | 'passages', number>;

/** Counts what comes, and tells of what was passed over. */
async function follow(outcomes: AsyncIterable<IngestOutcome>, total: number, isQuiet: boolean): Promise<Counts> {
  const spinner = isQuiet ? null : await createSpinner();
  const counts: Counts = { read: 0, unchanged: 0, removed: 0, skipped: 0, passages: 0 };
  try {
    for await (const outcome of outcomes) {
      counts[outcome.kind] += 1;
      if (outcome.kind === 'read') counts.passages += outcome.passages;
      spinner?.stop();
      if (outcome.kind === 'skipped') say(`${outcome.path}: ${outcome.reason}`);
      spinner?.start(`${counts.read + counts.unchanged + counts.skipped}/${total}`);
    }
  } finally {
    spinner?.stop();
  }
  return counts;
}

/** One line, whatever a file is called. */
function say(text: string): void {
  process.stderr.write(`eras: ${plainText(text, 500)}\n`);
}

function nothingToRead(names: readonly string[], missing: readonly string[]): RiskError {
  const message =
    missing.length > 0
      ? 'none of the documents that were named is there'
      : `${names.join(', ')} holds no document (PDF, DOCX, Markdown, HTML, text, XLSX, CSV)`;
  return new RiskError({ code: 'BAD_INPUT', message });
}

function summaryOf({ read, unchanged, removed, skipped, passages }: Counts): string {
  const parts = [`${read} read (${passages} passages)`, `${unchanged} unchanged`, `${skipped} passed over`];
  return `${[...parts, ...(removed > 0 ? [`${removed} removed`] : [])].join(', ')}\n`;
}
