import { type Output, openStdout } from './output.ts';
import { openOutputFile } from './output-file.ts';

/** Names that mean standard output. */
const STDOUT = new Set(['-', '/dev/stdout', '/dev/fd/1']);

/** Opens the output. @throws RiskError `OUTPUT_FAILED` where the path cannot be written, before any work is done. */
export function openOutput(path: string | null): Output {
  return path === null || STDOUT.has(path) ? openStdout() : openOutputFile(path);
}
