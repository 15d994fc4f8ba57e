import { once } from 'node:events';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip, createGzip } from 'node:zlib';
import { messageOf, RiskError } from '../kernel/risk-error.ts';

/** How every gzip file begins (RFC 1952, section 2.3.1). */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** A writer of text into bytes that are passed on. */
export interface TextWriter {
  write(text: string): Promise<void>;
  /** Resolves when all has been passed on. */
  end(): Promise<void>;
}

/** Passes text on as it is, or packed. */
export function createTextWriter(isPacked: boolean, pass: (bytes: Uint8Array) => Promise<void>): TextWriter {
  if (!isPacked) return { write: (text) => pass(Buffer.from(text)), end: async () => undefined };
  const gzip = createGzip({ level: 6 });
  const passing = (async () => {
    for await (const bytes of gzip) await pass(bytes);
  })();
  // Whoever ends it is told.
  passing.catch(() => undefined);
  return {
    async write(text) {
      if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), passing]);
    },
    async end() {
      gzip.end();
      await passing;
    },
  };
}

/** The bytes of a file, unpacked where it is packed, whatever it is called. @throws RiskError `BAD_INPUT` where it cannot be read */
export function readUnpacked(path: string): AsyncIterable<Uint8Array> {
  const isPacked = beginsPacked(path);
  const file = createReadStream(path);
  if (!isPacked) return file;
  const gunzip = createGunzip();
  // It may fail before anybody reads it; whoever does is told then.
  gunzip.on('error', () => undefined);
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function beginsPacked(path: string): boolean {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const begin = Buffer.alloc(GZIP.length);
      readSync(descriptor, begin, 0, GZIP.length, 0);
      return begin.equals(GZIP);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw new RiskError({ code: 'BAD_INPUT', message: `cannot read ${path}: ${messageOf(cause)}`, cause });
  }
}
