import { existsSync } from 'node:fs';
import { parseCveId } from '../domain/cve/cve-id.ts';
import { type Sighting, toSighting } from '../domain/finding/sighting.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { createConflicts } from './conflicts.ts';
import { type FoundIds, parseVulnerabilityId } from './find-ids.ts';
import { holdBackFuture } from './future-statements.ts';
import type { Intake, TargetContent } from './intake.ts';
import { mergeSightings } from './merge-sightings.ts';
import { looksLikeCpe, readCpe } from './read-cpe.ts';
import { readSentence, type SentenceParts } from './read-sentence.ts';
import { holdStream, isArchive, openFile, type TextSource } from './reports/text-source.ts';

/** Most vulnerabilities, and most sightings of them, of one assessment. */
const [VULNERABILITY_LIMIT, SIGHTING_LIMIT] = [100_000, 1_000_000];

/**
 * Reads targets: a vulnerability id, a CPE name, `-` for standard input, a file (an SBOM, a scanner's report, a table, a list, text), or text that names
 * ids; `columns` tell what columns of tables hold, `COLUMN=FIELD` each; VEX statements from after `now` do not clear anything yet; `parts`: who may be asked
 * what a sentence is about that rules do not understand. Entries that are no id are gaps beside good ones.
 * @throws RiskError `BAD_INPUT` where a file cannot be used or where nothing at all names a vulnerability.
 */
export async function readTargets(
  targets: readonly string[],
  stdin: AsyncIterable<Uint8Array | string>,
  columns: readonly string[] = [],
  now: Date = new Date(),
  parts: SentenceParts = { reader: null, assets: null },
): Promise<Intake> {
  const read: TargetContent[] = [];
  for (const target of targets) read.push(await readTarget(target, stdin, columns, parts));
  if (columns.length > 0) {
    const { readColumnMap, refuseUnmetColumns } = await import('./reports/column-map.ts');
    const titles = read.flatMap((one) => one.titles);
    refuseUnmetColumns(readColumnMap(columns), [...new Set(titles)]);
  }
  const malformed = new Set(read.flatMap((one) => one.malformed));
  const more = read.reduce((sum, one) => sum + one.moreMalformed, 0);
  const conflicts = createConflicts();
  const { sightings: standing, warnings: future } = holdBackFuture(
    read.flatMap((one) => one.sightings),
    now,
  );
  const sightings = mergeSightings(standing, conflicts.add);
  const components = read.flatMap((one) => one.components);
  const warnings = [...read.flatMap((one) => one.warnings), ...future];
  const unreadable = read.flatMap((one) => one.gaps);
  const isNothing = sightings.length + components.length + warnings.length + unreadable.length === 0;
  if (isNothing) throw nothingNamed(whereFrom(targets, read), targets, [...malformed], more);
  refuseTooMany(sightings);
  const gaps = [...malformed].map((entry) => ({ cveId: null, source: 'intake', reason: inWords(entry) }));
  const rest = { cveId: null, source: 'intake', reason: `${more} more entries are no vulnerability ids` };
  return {
    sightings,
    components,
    lookedAt: read.flatMap((one) => one.lookedAt ?? []),
    gaps: [...gaps, ...(more === 0 ? [] : [rest]), ...unreadable],
    warnings: [...warnings, ...conflicts.warnings()],
    understood: read.flatMap((one) => one.understood ?? []),
  };
}

/** The file whose entry is told first; empty for what was typed. */
function whereFrom(targets: readonly string[], read: readonly TargetContent[]): string {
  const target = targets[read.findIndex(({ malformed }) => malformed.length > 0)] ?? '';
  if (target === '-') return 'standard input: ';
  return existsSync(target) ? `${target}: ` : '';
}

function nothingNamed(
  where: string,
  targets: readonly string[],
  malformed: readonly string[],
  more: number,
): RiskError {
  const others = malformed.length - 1 + more;
  const rest = others > 0 ? `; nor are ${others} more entries CVE ids` : '';
  return new RiskError({ code: 'BAD_INPUT', message: where + inWords(malformed[0] ?? targets[0] ?? '') + rest });
}

function refuseTooMany(sightings: readonly Sighting[]): void {
  const distinct = new Set(sightings.map(({ vulnerabilityId }) => vulnerabilityId)).size;
  for (const [count, limit, noun] of [
    [distinct, VULNERABILITY_LIMIT, 'CVEs'],
    [sightings.length, SIGHTING_LIMIT, 'findings'],
  ] as const) {
    if (count <= limit) continue;
    const message = `${count} ${noun} are more than one assessment takes (${limit}); split them`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
}

/** What is wrong with something that was meant as an id. */
function inWords(entry: string): string {
  const parsed = parseCveId(entry);
  if (!parsed.ok && /^CVE|^CAN/i.test(entry)) return parsed.error;
  if (looksLikeCpe(entry))
    return `"${entry.slice(0, 80)}" is no CPE name (expected cpe:2.3:part:vendor:product:version:…)`;
  return `"${entry.slice(0, 80)}" is neither a CVE id, nor a file, nor text that names a CVE`;
}

/** A word that can only have been meant as a file. */
const LOOKS_LIKE_PATH = /^\S*[/\\]\S*$|^\S+\.(?:txt|csv|json|jsonl|xml|md|log|sarif|nessus|spdx|cdx|gz)$/i;

async function readTarget(
  target: string,
  stdin: AsyncIterable<Uint8Array | string>,
  columns: readonly string[],
  parts: SentenceParts,
): Promise<TargetContent> {
  const id = parseVulnerabilityId(target);
  if (id !== null) return toContent({ ids: [{ id, lines: [] }], malformed: [], moreMalformed: 0 }, null);
  if (looksLikeCpe(target)) return readCpe(target);
  if (target === '-') return readDocument(await holdStream('standard input', stdin), columns);
  if (existsSync(target)) return readFileTarget(target, columns);
  if (LOOKS_LIKE_PATH.test(target)) {
    throw new RiskError({ code: 'BAD_INPUT', message: `there is no file "${target.slice(0, 200)}"` });
  }
  return readSentence(target, parts);
}

async function readFileTarget(path: string, columns: readonly string[]): Promise<TargetContent> {
  if (!isArchive(path)) return readDocument(openFile(path), columns);
  const { readArchive } = await import('./read-archive.ts');
  return readArchive(path, (source) => readDocument(source, columns));
}

async function readDocument(source: TextSource, columns: readonly string[]): Promise<TargetContent> {
  // The formats are many: they are loaded where there is a document to read.
  const { readDocumentAs } = await import('./read-document.ts');
  return readDocumentAs(source, columns, toContent);
}

/** Ids that were typed, or stand in a text. */
function toContent({ ids, malformed, moreMalformed }: FoundIds, file: string | null): TargetContent {
  const sightings = ids.map(({ id, lines }) =>
    toSighting({
      vulnerabilityId: id,
      evidence:
        file === null ? [] : lines.map((line) => ({ file, position: `line ${line}`, tool: null, severity: null })),
    }),
  );
  return { sightings, components: [], gaps: [], warnings: [], malformed, moreMalformed, titles: [] };
}
