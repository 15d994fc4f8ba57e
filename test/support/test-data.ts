import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe } from 'vitest';

/** The folder of real records, from `ERAS_TEST_DATA`; null where it is not set. */
export const TEST_DATA: string | null = process.env['ERAS_TEST_DATA'] || null;

if (TEST_DATA !== null && !existsSync(TEST_DATA)) {
  throw new Error(`ERAS_TEST_DATA names "${TEST_DATA}", which does not exist`);
}
if (TEST_DATA === null && process.env['ERAS_REQUIRE_SERVICES'] === '1') {
  throw new Error('ERAS_REQUIRE_SERVICES=1 asks for every suite, but ERAS_TEST_DATA is not set');
}

/** A suite over the real records; skipped, with its reason in the title, where they are not at hand. */
export function describeWithTestData(title: string, body: () => void): void {
  if (TEST_DATA === null) describe.skip(`${title} (skipped: ERAS_TEST_DATA is not set)`, body);
  else describe(title, body);
}

/** A file of the real records as text; `.gz` is unpacked. */
export function readTestData(path: string): string {
  if (TEST_DATA === null) throw new Error('ERAS_TEST_DATA is not set');
  const bytes = readFileSync(join(TEST_DATA, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** A file of the real records as JSON. */
export function readTestJson(path: string): unknown {
  return JSON.parse(readTestData(path));
}

/** A file of the real records with one JSON value a line. */
export function readTestJsonLines(path: string): unknown[] {
  return readTestData(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}
