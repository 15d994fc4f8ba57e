import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { exportArchive } from '../../src/assessment/archive/export-archive.ts';
import { importArchive } from '../../src/assessment/archive/import-archive.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { bareSubject } from '../../src/domain/finding/subject.ts';
import { NO_TOKENS } from '../../src/domain/language-model/token-usage.ts';
import type { TruthArchive } from '../../src/ports/truth-archive.ts';
import type { TruthStore } from '../../src/runtime/store-parts.ts';
import { openEmbeddedTruth } from '../support/embedded-truth.ts';
import { assessmentHead, narrativePart, rankedFinding } from '../support/stored-findings.ts';
import { collect, type OpenTruth, withTruth } from './truth-store.ts';

const CREATED = '2026-01-02T03:04:05.000Z';
const ABOUT = { exportedAt: CREATED, eras: '0.0.0' };

async function begin({ assessments }: TruthStore, id: string): Promise<void> {
  const subjects = [{ ...bareSubject('CVE-2024-1' as CveId), evidence: [{ file: 'nul \0' }] as never }];
  const request = { targets: ['half \ud800'], cveIds: ['CVE-2024-1'], options: {} };
  await assessments.createAssessment({ id, createdAt: CREATED, request, intakeGaps: [], subjects, http: { osv: 1 } });
}

/** Something of everything. */
async function fill(store: TruthStore): Promise<void> {
  const { assessments, ledger, audit, tickets } = store;
  await begin(store, '01A');
  await begin(store, '01B');
  const lookup = { kind: 'absent', provenance: { origin: 'live', at: CREATED } } as const;
  await assessments.saveAnswers('01B', 'nvd', [{ cveId: 'CVE-2024-1' as CveId, lookup, gap: 'old' }], { nvd: 2 });
  await assessments.addCacheCounts('01B', { epss: { hits: 3, misses: 1 } });
  const many = Array.from({ length: 777 }, (_, index) => rankedFinding(`f${index}`, index / 7));
  const written = { vulnerability: narrativePart(), threat: narrativePart({ notes: ['n'] }) };
  await assessments.saveFindings('01A', [...many, { ...rankedFinding('whole', 1e-7), written }]);
  await assessments.saveNarratives('01A', 'threat', [{ findingId: 'f1', part: narrativePart({ violations: 1 }) }]);
  await assessments.saveStage('01A', { name: 'threat', startMs: 0.5, endMs: 2 });
  await assessments.saveWarning('01A', 'careful \0');
  await assessments.firstSeen(['f1', 'f2'], '2026-01-02');
  await assessments.finishAssessment('01A', assessmentHead('01A'));
  const call = {
    assessmentId: '01A',
    agent: 'threat',
    provider: 'anthropic',
    model: 'm',
    promptVersion: '1',
    pricesAsOf: '2026-10-01',
    isBatch: false,
    isCacheAsked: true,
    promptHash: 'p',
    mostUsd: 0.1 + 0.2,
    sentAt: CREATED,
  } as const;
  // Two calls that are alike are two calls.
  await ledger.book(call);
  await ledger.close(await ledger.book(call), {
    outcome: 'answered',
    usage: { ...NO_TOKENS, input: 3_000_000_000 },
    costUsd: 0.07,
    endedAt: CREATED,
    reply: null,
  });
  for (const target of ['one', 'two']) await audit.append({ action: 'test', target, detail: { target } });
  await tickets.save({
    correlationId: 'eras:1',
    fixId: 'f',
    fix: { kind: 'vulnerability', vulnerabilityId: 'CVE-2024-1' },
    ticketId: 't',
    number: 'INC1',
    contentHash: 'h',
    goneAt: null,
    sightings: [{ vulnerabilityId: 'CVE-2024-1', assetId: null, places: [] } as never],
  });
}

async function exported(archive: TruthArchive): Promise<Buffer> {
  const texts: string[] = [];
  await exportArchive(archive, ABOUT, async (text) => void texts.push(text));
  return Buffer.from(texts.join(''));
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 10_007) yield bytes.subarray(from, from + 10_007);
}

const take = (archive: TruthArchive, bytes: Buffer) => importArchive(archive, inChunks(bytes));

/** The archive with a line changed, as if it had been written so. */
function rewritten(bytes: Buffer, change: (lines: string[]) => void): Buffer {
  const lines = bytes.toString().trimEnd().split('\n').slice(0, -1);
  const { end } = JSON.parse(bytes.toString().trimEnd().split('\n').at(-1) ?? '');
  change(lines);
  const body = lines.map((line) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  return Buffer.from(`${body}${JSON.stringify({ end: { ...end, sha256 } })}\n`);
}

/** What every store keeps to as a whole. */
export function truthArchiveContract(open: OpenTruth): void {
  const between = (work: (from: Opened, to: Opened) => Promise<void>, source: OpenTruth, target: OpenTruth) =>
    withTruth(source, (from) => withTruth(target, (to) => work(from, to)));
  type Opened = Awaited<ReturnType<OpenTruth>>;

  for (const [title, source, target] of [
    ['into the embedded store', open, openEmbeddedTruth],
    ['out of the embedded store', openEmbeddedTruth, open],
  ] as const) {
    it(`goes ${title} without loss, and twice changes nothing`, () =>
      between(
        async (from, to) => {
          await fill(from.store);
          const bytes = await exported(from.archive);
          const first = await take(to.archive, bytes);
          expect(first.added).toEqual(first.read);
          expect(first.added).toMatchObject({
            assessments: 2,
            findings: 778,
            model_calls: 2,
            audit_log: 2,
            tickets: 1,
          });
          // Nobody runs it there; for the rest it is the same.
          const asTaken = rewritten(bytes, (lines) => {
            for (const [at, line] of lines.entries())
              lines[at] = line.replace('"status":"running"', '"status":"interrupted"');
          });
          expect((await exported(to.archive)).equals(asTaken)).toBe(true);
          const again = await take(to.archive, bytes);
          expect(Object.values(again.added).every((count) => count === 0)).toBe(true);
          expect((await exported(to.archive)).equals(asTaken)).toBe(true);

          expect(await to.store.assessments.loadCacheCounts('01B')).toEqual({ epss: { hits: 3, misses: 1 } });
          expect(await to.store.audit.verify()).toMatchObject({ entries: 2, broken: null });
          expect(await to.store.ledger.sumUp('assessment')).toEqual(await from.store.ledger.sumUp('assessment'));
          expect(await to.store.tickets.load()).toEqual(await from.store.tickets.load());
          expect((await to.store.assessments.findAssessment('01A'))?.warnings).toEqual(['careful \0']);
          for (const read of ['readFindings', 'readDigests'] as const)
            expect(await collect<unknown>(to.store.assessments[read]('01A'))).toEqual(
              await collect<unknown>(from.store.assessments[read]('01A')),
            );
          expect((await to.store.assessments.listAssessments()).map(({ status }) => status)).toEqual([
            'interrupted',
            'done',
          ]);
          expect(await to.store.assessments.claimAssessment('01B')).toBe(true);
          // What goes on there has numbers of its own.
          await to.store.audit.append({ action: 'test', target: 'three', detail: null });
          expect((await to.store.audit.verify()).broken).toBeNull();
        },
        source,
        target,
      ));
  }

  it('takes an archive from before look-ups were counted', () =>
    between(
      async (from, to) => {
        await fill(from.store);
        const older = rewritten(await exported(from.archive), (lines) => {
          for (const [at, line] of lines.entries()) lines[at] = line.replace(/"cache_counts":"(?:[^"\\]|\\.)*",/, '');
        });
        expect((await take(to.archive, older)).added).toMatchObject({ assessments: 2, runs: 2 });
        expect(await to.store.assessments.loadCacheCounts('01B')).toEqual({});
      },
      openEmbeddedTruth,
      open,
    ));

  it('leaves what is there as it is, and takes the earlier of two days', () =>
    between(
      async (from, to) => {
        await fill(from.store);
        await begin(to.store, '01A');
        await to.store.assessments.firstSeen(['f1'], '2025-12-31');
        await to.store.assessments.firstSeen(['f2'], '2026-06-01');
        await take(to.archive, await exported(from.archive));
        expect((await to.store.assessments.findAssessment('01A'))?.status).toBe('running');
        expect(await collect(to.store.assessments.readFindings('01A'))).toEqual([]);
        expect(await to.store.assessments.firstSeen(['f1', 'f2'], '2026-07-01')).toEqual(
          new Map([
            ['f1', '2025-12-31'],
            ['f2', '2026-01-02'],
          ]),
        );
      },
      openEmbeddedTruth,
      open,
    ));

  it('takes nothing of what is damaged, newer or no archive', () =>
    between(
      async (from, to) => {
        await fill(from.store);
        const bytes = await exported(from.archive);
        const before = await exported(to.archive);
        const middle = Math.floor(bytes.length / 2);
        const flipped = Buffer.from(bytes);
        flipped[middle] = (flipped[middle] ?? 0) ^ 1;
        const setRow = (table: string, change: (row: Record<string, unknown>) => void) =>
          rewritten(bytes, (lines) => {
            const at = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
            const { row } = JSON.parse(lines[at] ?? '');
            change(row);
            lines[at] = JSON.stringify({ table, row });
          });
        const cases: readonly (readonly [Buffer, RegExp])[] = [
          [flipped, /damaged/],
          [bytes.subarray(0, middle), /damaged/],
          [bytes.subarray(0, bytes.length - 120), /damaged/],
          [bytes.subarray(0, bytes.lastIndexOf('{"end"')), /its end is missing/],
          [Buffer.concat([bytes, Buffer.from('{}\n')]), /something follows its end/],
          [Buffer.from('hello\n'), /no archive of ERAS/],
          [Buffer.alloc(0), /its end is missing/],
          [
            Buffer.from('{"format":"eras-store","version":2}\n'),
            /newer version of ERAS \(format 2, this one knows 1\)/,
          ],
          [setRow('findings', (row) => void Object.assign(row, { more: 1 })), /is no row of a table/],
          [setRow('findings', (row) => void Object.assign(row, { priority: '1' })), /is no row of a table/],
          [
            setRow('audit_log', (row) => void Object.assign(row, { actor: 'nobody' })),
            /audit log is broken at entry 1/,
          ],
          [rewritten(bytes, (lines) => void lines.splice(1, 1)), /is not what was written/],
        ];
        for (const [archive, message] of cases) {
          await expect(take(to.archive, archive)).rejects.toMatchObject({
            code: 'BAD_INPUT',
            message: expect.stringMatching(message),
          });
        }
        expect((await exported(to.archive)).equals(before)).toBe(true);
        await take(to.archive, bytes);
      },
      openEmbeddedTruth,
      open,
    ));

  it('goes on with its own audit log, and takes no other one', () =>
    between(
      async (from, to) => {
        await fill(from.store);
        const early = await exported(from.archive);
        await from.store.audit.append({ action: 'test', target: 'three', detail: null });
        const late = await exported(from.archive);
        await take(to.archive, early);
        expect((await take(to.archive, late)).added.audit_log).toBe(1);
        expect((await take(to.archive, early)).added.audit_log).toBe(0);
        await to.store.audit.append({ action: 'test', target: 'apart', detail: null });
        await from.store.audit.append({ action: 'test', target: 'also apart', detail: null });
        await expect(take(to.archive, await exported(from.archive))).rejects.toThrow(/from entry 4 on/);
        expect(await to.store.audit.verify()).toMatchObject({ entries: 4, broken: null });
      },
      openEmbeddedTruth,
      open,
    ));

  it('removes an assessment with what hangs on it, but none that is being worked on, and nothing that was paid', () =>
    withTruth(open, async ({ store, archive }) => {
      await fill(store);
      expect(await archive.remove(['01A', '01B', 'nobody'])).toEqual(['01A']);
      expect((await store.assessments.listAssessments()).map(({ id }) => id)).toEqual(['01B']);
      expect(await collect(store.assessments.readFindings('01A'))).toEqual([]);
      expect(await store.ledger.sumUp('assessment')).toMatchObject([{ key: '01A', calls: 2 }]);
      expect((await store.audit.verify()).entries).toBe(2);
      expect(await store.assessments.firstSeen(['f1'], '2026-07-01')).toEqual(new Map([['f1', '2026-01-02']]));
      await store.assessments.setStatus('01B', 'interrupted');
      expect(await archive.remove(['01B'])).toEqual(['01B']);
    }));
}
