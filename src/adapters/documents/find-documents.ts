import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { SkippedFile } from '../../ports/document-reader.ts';
import { IGNORED_FOLDERS, walkFolder } from './walk-folder.ts';

/** Files to take in, and names that lead to none. */
export interface FoundDocuments {
  /** Absolute, sorted. */
  readonly paths: readonly string[];
  /** Folders that were looked through, absolute. */
  readonly folders: readonly string[];
  /** What stands in those folders and is not read: links, pipes, folders that may not be opened. */
  readonly skipped: readonly SkippedFile[];
  readonly missing: readonly string[];
}

/** Files by their names, folders with all documents below them (links in folders are not followed), and patterns (`docs/*.pdf`). */
export async function findDocuments(names: readonly string[]): Promise<FoundDocuments> {
  const found: Found = { paths: new Set(), folders: [], skipped: new Map(), missing: [] };
  for (const name of names) {
    if (existsSync(name)) await addExisting(await realpath(name), found);
    else await addMatching(name, found);
  }
  const { paths, folders, skipped, missing } = found;
  // What is named by itself, too, has its own outcome.
  const named = new Set([...paths, ...names.map((name) => resolve(name))]);
  const passedOver = [...skipped.values()].filter(({ path }) => !named.has(path));
  return { paths: [...paths].sort(), folders, skipped: passedOver, missing };
}

interface Found {
  readonly paths: Set<string>;
  readonly folders: string[];
  readonly skipped: Map<string, SkippedFile>;
  readonly missing: string[];
}

async function addExisting(path: string, { paths, folders, skipped }: Found): Promise<void> {
  if (!statSync(path).isDirectory()) {
    paths.add(path);
    return;
  }
  folders.push(path);
  const inside = await walkFolder(path);
  for (const one of inside.documents) paths.add(one);
  for (const one of inside.skipped) skipped.set(one.path, one);
}

async function addMatching(pattern: string, { paths, missing }: Found): Promise<void> {
  const matching = isDynamicPattern(pattern) ? await search(pattern) : [];
  if (matching.length === 0) missing.push(pattern);
  for (const path of matching) paths.add(path);
}

function search(pattern: string): Promise<string[]> {
  return glob(pattern, {
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
    expandDirectories: false,
    ignore: IGNORED_FOLDERS.map((name) => `**/${name}/**`),
  });
}

/** The id of a document, from its path: 128 bits of SHA-256, in hexadecimal. */
export function documentId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
