import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { SaidFields } from '../../ports/document-reader.ts';
import { parseFields } from './read-fields.ts';

const ENDINGS = ['.yaml', '.yml', '.json'];
/** Some lines on a document; what is larger is something else, and is not read. */
const MOST_BYTES = 100_000;

/** What stands beside a document (`policy.pdf.yaml`) of it. One that cannot be read gives no fields, and a note that says so. */
export async function readSidecar(path: string): Promise<SaidFields> {
  for (const ending of ENDINGS) {
    const text = await readSmallFile(path + ending);
    if (text === null) continue;
    const said = text.ok ? parseFields(text.value) : text;
    const name = basename(path) + ending;
    if (said.ok) {
      const notes = said.value.notes.map(({ kind, text }) => ({ kind, text: `its ${name}: ${text}` }));
      return { fields: said.value.fields, notes };
    }
    const problem = `its ${name} ${said.error} and gives no fields; correct that file and ingest again`;
    return { fields: {}, notes: [{ kind: 'gap', text: problem }] };
  }
  return { fields: {}, notes: [] };
}

/** Null where there is no such file. */
async function readSmallFile(path: string): Promise<Result<string, string> | null> {
  try {
    // Waits for nobody: a pipe would never open.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return failure('is no regular file');
      if (stats.size > MOST_BYTES) return failure(`has more than ${MOST_BYTES / 1000} kB`);
      return success(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (error) {
    const isAbsent =
      error instanceof Error && 'code' in error && ['ENOENT', 'ENAMETOOLONG'].includes(String(error.code));
    return isAbsent ? null : failure('may not be read');
  }
}
