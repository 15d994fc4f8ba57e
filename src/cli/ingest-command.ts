import { realpathSync } from 'node:fs';
import { loadProcessConfig } from '../config/process-config.ts';
import { GIVEN_FIELDS } from '../domain/knowledge/document.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { plainText } from '../reports/words.ts';
import { createKnowledge, type IngestOutcome } from '../runtime/create-knowledge.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readGivenFields } from './given-fields.ts';
import { listenForInterruption } from './interruption.ts';
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

const MISSING = 'there is no such file or folder';
/** Links and pipes that are told of one by one. */
const MOST_TOLD = 10;

/** `eras ingest`: a document that cannot be read is named and passed over. */
export async function runIngest(names: readonly string[], flags: IngestFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const said = Object.entries(readGivenFields(flags.field));
  const fields = Object.fromEntries(said.filter(([name]) => !GIVEN_FIELDS.includes(name)));
  for (const [field] of said.filter(([name]) => GIVEN_FIELDS.includes(name)))
    say(`warning: --field ${field} has no effect: it cannot be said of a document; use another name for it`);
  const signal = listenForInterruption();
  return withStore(config, async (store) => {
    const knowledge = await createKnowledge(config, store, { workers: flags.workers ?? null });
    try {
      const { paths, folders, skipped, missing } = await knowledge.find(names);
      if (paths.length === 0 && folders.length === 0) throw nothingToRead(names, missing, flags.prune === true);
      for (const name of missing) say(`${name}: ${MISSING}`);
      for (const { path, reason } of skipped.slice(0, MOST_TOLD)) say(`${path}: ${reason}`);
      if (skipped.length > MOST_TOLD)
        say(`and ${skipped.length - MOST_TOLD} more links, pipes or folders of that kind`);
      if (flags.prune === true) sayWhatPruneLeaves(names, folders);
      const request = { paths, folders, fields, prune: flags.prune === true, reembed: flags.reembed === true };
      const counts = await follow(knowledge.ingest(request, signal), paths.length, flags.quiet === true);
      process.stdout.write(summaryOf({ ...counts, skipped: counts.skipped + skipped.length }));
      return counts.skipped + counts.gaps + skipped.length + missing.length > 0 ? EXIT.gaps : EXIT.done;
    } finally {
      await knowledge.close();
    }
  });
}

interface Counts extends Record<IngestOutcome['kind'] | 'passages' | 'gaps', number> {
  /** Documents read, by their language. */
  readonly languages: Map<string, number>;
}

/** Counts what comes, and tells of what was passed over or not read whole. */
async function follow(outcomes: AsyncIterable<IngestOutcome>, total: number, isQuiet: boolean): Promise<Counts> {
  const spinner = isQuiet ? null : await createSpinner();
  const counts: Counts = { read: 0, unchanged: 0, removed: 0, skipped: 0, passages: 0, gaps: 0, languages: new Map() };
  try {
    for await (const outcome of outcomes) {
      count(outcome, counts);
      spinner?.stop();
      if (outcome.kind === 'skipped') say(`${outcome.path}: ${outcome.reason}`);
      for (const { kind, text } of outcome.notes) say(`${kind === 'gap' ? '' : 'warning: '}${outcome.path}: ${text}`);
      spinner?.start(`${counts.read + counts.unchanged + counts.skipped}/${total}`);
    }
  } finally {
    spinner?.stop();
  }
  return counts;
}

function count(outcome: IngestOutcome, counts: Counts): void {
  counts[outcome.kind] += 1;
  if (outcome.kind !== 'skipped' && outcome.notes.some(({ kind }) => kind === 'gap')) counts.gaps += 1;
  if (outcome.kind !== 'read') return;
  counts.passages += outcome.passages;
  const language = outcome.language ?? 'unknown';
  counts.languages.set(language, (counts.languages.get(language) ?? 0) + 1);
}

/** What is gone from a folder is told by looking through it; of a pattern or a file nobody knows what it stood for before. */
function sayWhatPruneLeaves(names: readonly string[], folders: readonly string[]): void {
  const others = names.filter((name) => !folders.includes(realOrSame(name)));
  if (others.length === 0) return;
  const named = others.slice(0, MOST_NAMED).join(', ');
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  say(`warning: --prune removes what is gone from folders, and nothing for ${named}${more}: name the folder instead`);
}

const MOST_NAMED = 3;

function realOrSame(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return name;
  }
}

/** One line, whatever a file is called. */
function say(text: string): void {
  process.stderr.write(`eras: ${plainText(text, 500)}\n`);
}

function nothingToRead(names: readonly string[], missing: readonly string[], prunes: boolean): RiskError {
  const named = missing.slice(0, MOST_TOLD).join(', ');
  const message =
    missing.length > 0
      ? `${named}: ${MISSING}; ${prunes ? 'to remove what was taken in from there, ingest the folder above it with --prune' : 'name what is there'}`
      : `${names.join(', ')} holds no document (PDF, DOCX, Markdown, HTML, text, XLSX, CSV)`;
  return new RiskError({ code: 'BAD_INPUT', message });
}

function summaryOf({ read, unchanged, removed, skipped, passages, gaps, languages }: Counts): string {
  const parts = [`${read} read (${passages} passages)`, `${unchanged} unchanged`, `${skipped} passed over`];
  if (gaps > 0) parts.push(`${gaps} with gaps`);
  if (removed > 0) parts.push(`${removed} removed`);
  return `${parts.join(', ')}${languageWords(languages)}\n`;
}

/** Nothing where all is in one language, or in none that is known. */
function languageWords(languages: ReadonlyMap<string, number>): string {
  if ([...languages.keys()].filter((language) => language !== 'unknown').length < 2) return '';
  const sorted = [...languages].toSorted(([, left], [, right]) => right - left);
  return `; languages: ${sorted.map(([language, documents]) => `${plainText(language, 20)} ${documents}`).join(', ')}`;
}
