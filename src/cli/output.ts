import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { Write } from '../reports/render-json.ts';

/** Where a result goes: standard output, or a file that appears whole or not at all. */
export interface Output {
  readonly isTerminal: boolean;
  readonly write: Write;
  /** Completes the file. */
  finish(): Promise<void>;
  /** Leaves whatever was there before. */
  discard(): void;
}

/** Opens the output. @throws RiskError `OUTPUT_FAILED` where the path cannot be written, before any work is done. */
export function openOutput(path: string | null): Output {
  if (path === null) return openStdout();
  const target = resolve(path);
  try {
    if (existsSync(target) && statSync(target).isDirectory()) throw new Error('it is a folder');
    accessSync(existsSync(target) ? target : dirname(target), constants.W_OK);
  } catch (error) {
    throw outputFailed(path, error);
  }
  return openFile(path, target);
}

function openStdout(): Output {
  let hasReader = true;
  return {
    isTerminal: process.stdout.isTTY === true,
    async write(text) {
      if (!hasReader) return;
      // A reader that has seen enough (`| head`) is no failure, and no reason to hide how the command ended.
      await writeTo(process.stdout, text).catch((error: unknown) => {
        if (!isClosedPipe(error)) throw error;
        hasReader = false;
      });
    },
    finish: async () => undefined,
    discard: () => undefined,
  };
}

function openFile(path: string, target: string): Output {
  const partial = `${target}.${process.pid}.partial`;
  let stream: WriteStream | null = null;
  return {
    isTerminal: false,
    async write(text) {
      stream ??= createWriteStream(partial);
      await writeTo(stream, text).catch((error) => {
        throw outputFailed(path, error);
      });
    },
    async finish() {
      const open = stream;
      if (open === null) return;
      await new Promise<void>((done, fail) => open.end((error?: Error | null) => (error ? fail(error) : done()))).catch(
        (error) => {
          throw outputFailed(path, error);
        },
      );
      renameSync(partial, target);
    },
    discard() {
      stream?.destroy();
      rmSync(partial, { force: true });
    },
  };
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((done, fail) => stream.write(text, (error) => (error ? fail(error) : done())));
}

function outputFailed(path: string, cause: unknown): RiskError {
  return new RiskError({ code: 'OUTPUT_FAILED', message: `cannot write ${path}: ${messageOf(cause)}`, cause });
}
