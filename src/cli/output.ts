import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { Write } from '../reports/render-json.ts';

/** Where a result goes: standard output, or a file. */
export interface Output {
  readonly isTerminal: boolean;
  readonly write: Write;
  /** Completes the file. */
  finish(): Promise<void>;
  /** Leaves whatever was there before. */
  discard(): void;
}

/** Standard output. */
export function openStdout(): Output {
  let hasReader = true;
  return {
    isTerminal: process.stdout.isTTY === true,
    async write(text) {
      if (!hasReader) return;
      // A reader that has seen enough (`| head`) is no failure, and no reason to hide how the command ended.
      await writeTo(process.stdout, text).catch((error: unknown) => {
        if (!isClosedPipe(error)) {
          const message = `cannot write to standard output: ${messageOf(error)}`;
          throw new RiskError({ code: 'OUTPUT_FAILED', message, cause: error });
        }
        hasReader = false;
      });
    },
    finish: async () => undefined,
    discard: () => undefined,
  };
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

function writeTo(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => stream.write(text, (error) => (error ? fail(error) : done())));
}
