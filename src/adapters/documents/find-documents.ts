import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { glob, isDynamicPattern } from 'tinyglobby';

const ENDINGS = 'pdf,docx,md,markdown,mdx,html,htm,txt,text,xlsx,csv,tsv';

/** Files to take in, and names that lead to none. */
export interface FoundDocuments {
  /** Absolute, sorted. */
  readonly paths: readonly string[];
  /** Folders that were looked through, absolute. */
  readonly folders: readonly string[];
  readonly missing: readonly string[];
}

/** Files by their names, folders with all documents below them (links to folders are not followed), and patterns (`docs/*.pdf`). */
export async function findDocuments(names: readonly string[]): Promise<FoundDocuments> {
  const paths = new Set<string>();
  const folders: string[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const found = await find(name, folders);
    if (found === null) missing.push(name);
    for (const path of found ?? []) paths.add(path);
  }
  return { paths: [...paths].sort(), folders, missing };
}

async function find(name: string, folders: string[]): Promise<readonly string[] | null> {
  if (existsSync(name)) {
    const path = await realpath(name);
    if (!statSync(path).isDirectory()) return [path];
    folders.push(path);
    return search(`**/*.{${ENDINGS}}`, path);
  }
  if (!isDynamicPattern(name)) return null;
  const found = await search(name, process.cwd());
  return found.length === 0 ? null : found;
}

function search(pattern: string, folder: string): Promise<string[]> {
  return glob(pattern, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**', '**/.git/**'],
  });
}

/** The id of a document, from its path: 128 bits of SHA-256, in hexadecimal. */
export function documentId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
