import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  write,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { Output } from './output.ts';

/**
 * A file for a result. A regular file appears whole or not at all: it is written beside its place and moved there; a link leads to
 * its target. Devices and pipes are written as they are.
 * @throws RiskError `OUTPUT_FAILED` where the path cannot be written, before any work is done.
 */
export function openOutputFile(path: string): Output {
  const failure = (error: unknown) =>
    new RiskError({
      code: 'OUTPUT_FAILED',
      message: `cannot write ${path}: ${messageOf(error).replaceAll(`.${process.pid}.partial`, '')}`,
      cause: error,
    });
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw failure(error);
    }
  };
  const { target, partial, descriptor } = attempt(() => openAt(path));
  let isOpen = true;
  // One piece is on its way to the disk while the next is made.
  let under: Promise<unknown> = Promise.resolve();
  const settle = async () => {
    try {
      await under;
    } catch (error) {
      throw failure(error);
    }
  };
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  const discard = () => {
    // A descriptor that is closed under a write may be another file's by then.
    void under.catch(() => undefined).finally(close);
    if (partial !== null) rmSync(partial, { force: true });
  };
  // However the process ends, no half-written file stays.
  process.once('exit', discard);
  return {
    isTerminal: false,
    async write(text) {
      await settle();
      under = writeAll(descriptor, text);
      // Told by whoever waits for it next.
      under.catch(() => undefined);
    },
    async finish() {
      await settle();
      attempt(() => {
        close();
        if (partial !== null) renameSync(partial, target);
        process.off('exit', discard);
      });
    },
    discard,
  };
}

interface OpenFile {
  readonly target: string;
  /** Null: the target itself is written. */
  readonly partial: string | null;
  readonly descriptor: number;
}

function openAt(path: string): OpenFile {
  if (path === '') throw new Error('it is empty; name a file');
  const target = existsSync(path) ? realpathSync(path) : throughLink(resolve(path));
  const known = existsSync(target) ? statSync(target) : null;
  if (known?.isDirectory()) throw new Error('it is a folder');
  if (known !== null && !known.isFile()) return { target, partial: null, descriptor: openSync(target, 'w') };
  if (known !== null) closeSync(openSync(target, 'r+'));
  if (!statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${dirname(target)} is no folder`);
  const partial = `${target}.${process.pid}.partial`;
  return { target, partial, descriptor: openSync(partial, 'wx', modeOf(known)) };
}

/** Where a link leads whose target is not there yet: that is what is made, and the link stays. */
function throughLink(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? resolve(dirname(path), readlinkSync(path)) : path;
}

/** A file that is replaced keeps its permissions. */
function modeOf(known: Stats | null): number {
  return known === null ? 0o666 : known.mode & 0o777;
}

async function writeAll(descriptor: number, text: string | Uint8Array): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let written = 0; written < bytes.length; ) {
    written += (await writeSome(descriptor, bytes, written)).bytesWritten;
  }
}

const writeSome = promisify(write);
