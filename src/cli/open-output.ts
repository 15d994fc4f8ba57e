import { type Output, openStdout } from './output.ts';
import { openOutputFile } from './output-file.ts';

/** Opens the output. @throws RiskError `OUTPUT_FAILED` where the path cannot be written, before any work is done. */
export function openOutput(path: string | null): Output {
  return path === null ? openStdout() : openOutputFile(path);
}
