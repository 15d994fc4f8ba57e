import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { SkippedFile } from '../../ports/document-reader.ts';
import { DOCUMENT_ENDINGS } from './document-kind.ts';

/** Folders of tools, whose documents are not the company's. */
export const IGNORED_FOLDERS: readonly string[] = ['node_modules', '.git'];

/** What a folder holds. */
interface FolderContent {
  readonly documents: string[];
  readonly skipped: SkippedFile[];
}

/**
 * All documents in a folder and below it, by their endings; hidden files are none. Links are not followed, since they may lead in a circle or out
 * of the folder; what of them, and of pipes and devices, looks like documents is told.
 */
export async function walkFolder(folder: string): Promise<FolderContent> {
  const content: FolderContent = { documents: [], skipped: [] };
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await list(next, content)) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('.') || IGNORED_FOLDERS.includes(entry.name)) continue;
      if (entry.isDirectory()) waiting.push(path);
      else await add(path, entry, content);
    }
  }
  return content;
}

async function list(folder: string, { skipped }: FolderContent): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).toSorted((left, right) =>
      left.name < right.name ? -1 : 1,
    );
  } catch {
    skipped.push({ path: folder, reason: 'the folder may not be opened; give yourself the right to read it' });
    return [];
  }
}

async function add(path: string, entry: Dirent, { documents, skipped }: FolderContent): Promise<void> {
  const isNamedSo = DOCUMENT_ENDINGS.includes(extname(path).toLowerCase());
  if (entry.isSymbolicLink()) {
    if (isNamedSo || (await isFolder(path)))
      skipped.push({
        path,
        reason: 'it is a link, which is not followed in a folder; name it to read what it leads to',
      });
  } else if (isNamedSo && entry.isFile()) documents.push(path);
  else if (isNamedSo) skipped.push({ path, reason: 'it is a pipe, a socket or a device, and no file; remove it' });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
