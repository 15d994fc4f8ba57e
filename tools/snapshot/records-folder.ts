import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The folder of real records that the snapshot is made from. */
export interface RecordsFolder {
  /** A file as text; `.gz` is unpacked. */
  text(path: string): string;
  json(path: string): unknown;
  /** One JSON value a line. */
  jsonLines(path: string): unknown[];
  /** The files below a folder whose names end so, sorted (the build must not depend on the order of a directory). */
  list(folder: string, ending: string): string[];
}

/** Opens the folder; files are read when asked for. */
export function openRecordsFolder(root: string): RecordsFolder {
  const text = (path: string) => {
    const bytes = readFileSync(join(root, path));
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  return {
    text,
    json: (path) => JSON.parse(text(path)),
    jsonLines: (path) =>
      text(path)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line)),
    list: (folder, ending) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => `${folder}/${name}`),
  };
}
