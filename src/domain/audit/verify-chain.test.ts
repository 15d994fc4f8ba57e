import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, canonicalJson, GENESIS_HASH, hashedText } from './audit-entry.ts';
import { type AuditHead, verifyChain } from './verify-chain.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const body = fc.record({
  at: fc.string(),
  actor: fc.string(),
  action: fc.string(),
  target: fc.string(),
  detail: fc.json(),
});

/** Logs as they are written. */
const log = fc.array(body, { minLength: 1, maxLength: 12 }).map((bodies) => {
  const entries: AuditEntry[] = [];
  for (const fields of bodies) {
    const unsigned = { ...fields, sequence: entries.length + 1, previousHash: entries.at(-1)?.hash ?? GENESIS_HASH };
    entries.push({ ...unsigned, hash: digest(hashedText(unsigned)) });
  }
  return entries;
});

const headOf = (entries: readonly AuditEntry[]): AuditHead => ({
  entries: entries.length,
  hash: entries.at(-1)?.hash ?? GENESIS_HASH,
});
const isFound = async (entries: readonly AuditEntry[], noted: AuditHead | null) =>
  (await verifyChain(entries, noted, digest)).broken !== null;

describe('the audit chain', () => {
  it('holds as it was written, and against every head that was noted on the way', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(), async (entries, seed) => {
        const noted = headOf(entries.slice(0, 1 + (seed % entries.length)));
        expect(await verifyChain(entries, noted, digest)).toMatchObject({
          entries: entries.length,
          firstAt: entries[0]?.at,
          headHash: entries.at(-1)?.hash,
          broken: null,
        });
      }),
    );
  });

  it('finds any change to any field of any entry', async () => {
    const field = fc.constantFrom('sequence', 'at', 'actor', 'action', 'target', 'detail', 'previousHash', 'hash');
    await fc.assert(
      fc.asyncProperty(log, fc.nat(), field, fc.string(), async (entries, seed, name, text) => {
        const place = seed % entries.length;
        const before = entries[place];
        const value = name === 'sequence' ? text.length + 100 : text;
        if (before === undefined || before[name as keyof AuditEntry] === value) return;
        const changed = entries.with(place, { ...before, [name]: value });
        expect(await isFound(changed, null)).toBe(true);
      }),
    );
  });

  it('finds a removed entry, the last one too where the head was noted, and any other order', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(), fc.nat(), async (entries, one, other) => {
        const [from, to] = [one % entries.length, other % entries.length];
        expect(await isFound(entries.toSpliced(from, 1), headOf(entries))).toBe(true);
        const [first, second] = [entries[from], entries[to]];
        if (from === to || first === undefined || second === undefined) return;
        expect(await isFound(entries.with(from, second).with(to, first), null)).toBe(true);
      }),
    );
  });

  it('finds a log that was written anew, by the head that was noted', async () => {
    await fc.assert(
      fc.asyncProperty(log, log, async (entries, anew) => {
        fc.pre(entries.length <= anew.length && entries.at(-1)?.hash !== anew[entries.length - 1]?.hash);
        expect(await isFound(anew, headOf(entries))).toBe(true);
      }),
    );
  });

  it('cannot see from the chain alone that the last entries are gone', async () => {
    const [entries] = fc.sample(
      log.filter(({ length }) => length > 2),
      1,
    );
    expect(await isFound(entries?.slice(0, -1) ?? [], null)).toBe(false);
  });

  it('writes the same value as the same text, whatever the order of its fields', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  });
});
