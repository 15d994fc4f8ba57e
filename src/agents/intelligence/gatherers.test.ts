import { describe, expect, it } from 'vitest';
import { kevEntry } from '../../../test/support/cve-facts.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import type { KevCatalogue } from '../../domain/kev/kev-entry.ts';
import type { Lookup, SourceAnswer } from '../../domain/source/lookup.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { GatheredAnswer } from '../../ports/assessment-store.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Mirror, MirroredAnswer, MirrorState } from '../../ports/mirror.ts';
import { loadAttackLibrary } from './attack-library.ts';
import { type GatherCall, type Gatherer, isKept } from './gatherer.ts';
import { createKevGatherer, mirrorKev } from './kev-gatherer.ts';
import { createRecordGatherer } from './record-gatherer.ts';
import { fetchShared } from './shared-catalogue.ts';

const [KNOWN, UNKNOWN, FAILING] = ['CVE-2024-1000', 'CVE-2024-2000', 'CVE-2024-3000'] as CveId[] as [
  CveId,
  CveId,
  CveId,
];
const NOW = new Date('2026-03-01T12:00:00Z');
/** A run that began after everything that is kept was fetched. */
const LATER = new Date('2026-03-01T12:00:01Z');
const clock = { now: () => NOW };
const nothing: Lookup<never> = { kind: 'unavailable', reason: 'not in the bundled snapshot' };
const bundled: Lookup<string> = {
  kind: 'found',
  record: 'bundled',
  provenance: { origin: 'snapshot', at: '2025-08-25T00:00:00Z' },
};

/** A mirror in memory. */
function createMirror(): Mirror {
  const rows = new Map<string, MirroredAnswer<unknown>>();
  const states = new Map<string, MirrorState>();
  const documents = new Map<string, { document: unknown; state: MirrorState }>();
  return {
    findRecords<Rec>(source: string, cveIds: readonly CveId[]) {
      const whole = states.get(source);
      const found = cveIds.flatMap((cveId): [CveId, MirroredAnswer<unknown>][] => {
        const row = rows.get(`${source} ${cveId}`) ?? (whole && { kind: 'absent', fetchedAt: whole.fetchedAt });
        return row === undefined ? [] : [[cveId, row as MirroredAnswer<unknown>]];
      });
      return new Map(found) as ReadonlyMap<CveId, MirroredAnswer<Rec>>;
    },
    findHeld(source, cveIds) {
      const found = this.findRecords(source, cveIds);
      return found as ReadonlyMap<CveId, MirroredAnswer<null>>;
    },
    saveRecords(source, answers, fetchedAt) {
      for (const { cveId, record } of answers) {
        rows.set(
          `${source} ${cveId}`,
          record === null ? { kind: 'absent', fetchedAt } : { kind: 'found', record, fetchedAt },
        );
      }
    },
    replaceRecords(source, records, { version, fetchedAt, unreadable = 0 }) {
      for (const key of rows.keys()) if (key.startsWith(`${source} `)) rows.delete(key);
      const all = [...records];
      this.saveRecords(source, all, fetchedAt);
      states.set(source, { version, fetchedAt, records: all.length, unreadable });
      return all.length;
    },
    findDocument<Doc>(source: string) {
      return (documents.get(source) ?? null) as { document: Doc; state: MirrorState } | null;
    },
    saveDocument: (source, document, state) => void documents.set(source, { document, state }),
    findState: (source) => states.get(source) ?? documents.get(source)?.state ?? null,
    countRecords: (source) => [...rows.keys()].filter((key) => key.startsWith(`${source} `)).length,
  };
}

function createMemoryCache(): Cache {
  const values = new Map<string, { value: unknown; storedAt: string }>();
  return {
    async getMany<Value>(namespace: string, keys: readonly string[]) {
      const found = keys.flatMap((key) =>
        values.has(namespace + key) ? [[key, values.get(namespace + key)] as const] : [],
      );
      return new Map(found) as unknown as ReadonlyMap<string, { value: Value; storedAt: string }>;
    },
    async setMany(namespace, entries) {
      for (const { key, value } of entries) values.set(namespace + key, { value, storedAt: NOW.toISOString() });
    },
    isShared: false,
    claim: async (_, keys) => ({ mine: keys, others: [], release: async () => undefined }),
    awaitLanding: async () => new Map(),
    stats: async () => [],
    clear: async () => undefined,
    failure: () => null,
    close: async () => undefined,
  };
}

/** A cache that machines share: whoever has the claim before lands in the moment between the look at it and the claim. */
function createRacedCache(land: (cache: Cache) => Promise<void>): Cache {
  const cache = createMemoryCache();
  return {
    ...cache,
    isShared: true,
    async claim(namespace, keys) {
      await land(cache);
      return cache.claim(namespace, keys);
    },
  };
}

function createCall(): GatherCall & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { signal: new AbortController().signal, since: LATER, warn: (message) => warnings.push(message), warnings };
}

/** All answers: those to be kept, and what is recalled of the others. */
async function collect<Rec>(
  gatherer: Gatherer<Rec>,
  cveIds: readonly CveId[],
  call: GatherCall,
): Promise<Map<CveId, GatheredAnswer<Rec>>> {
  const all: GatheredAnswer<Rec>[] = [];
  for await (const batch of gatherer.gather(cveIds, call)) {
    const atHand = batch.filter((one) => !isKept(one)).map(({ cveId }) => cveId);
    all.push(...batch.filter(isKept), ...(await gatherer.recall(atHand, call)));
  }
  return new Map(all.map((answer) => [answer.cveId, answer]));
}

function createFixture(
  over: { offline?: boolean; snapshot?: Lookup<string>; wholeLifetimeMs?: number; cache?: Cache } = {},
) {
  const asked: CveId[] = [];
  let isDown = false;
  const mirror = createMirror();
  const gatherer = createRecordGatherer<string>({
    source: {
      name: 'nvd',
      planFor: (cves) => ({ requests: cves, atOnce: 1, leastWaitMs: 0 }),
      async *lookUp(cveIds) {
        asked.push(...cveIds);
        yield cveIds.map((cveId): SourceAnswer<string> => {
          if (isDown || cveId === FAILING) return { cveId, kind: 'unavailable', reason: 'HTTP 503' };
          return cveId === KNOWN ? { cveId, kind: 'found', record: 'live' } : { cveId, kind: 'absent' };
        });
      },
    },
    namespace: 'nvd_cve',
    cache: over.cache ?? createMemoryCache(),
    mirror,
    snapshot: () => over.snapshot ?? nothing,
    clock,
    offline: over.offline ?? false,
    ...(over.wholeLifetimeMs === undefined ? {} : { wholeLifetimeMs: over.wholeLifetimeMs }),
  });
  return { gatherer, mirror, asked, setDown: () => (isDown = true) };
}

describe('gathering records', () => {
  it('plans as it then gathers, and asks nothing for it', async () => {
    const { gatherer, asked } = createFixture();
    const plans: unknown[] = [];
    const call = { ...createCall(), onPlan: (plan: unknown) => plans.push(plan) };
    const cold = await gatherer.plan([KNOWN, UNKNOWN]);
    expect(cold).toMatchObject({ source: 'nvd', local: 0, cache: 0, network: 2, requests: 2 });
    expect(asked).toEqual([]);
    await collect(gatherer, [KNOWN, UNKNOWN], call);
    const warm = await gatherer.plan([KNOWN, UNKNOWN, FAILING]);
    expect(warm).toMatchObject({ local: 0, cache: 2, network: 1, requests: 1 });
    await collect(gatherer, [KNOWN, UNKNOWN, FAILING], call);
    expect(plans).toEqual([cold, warm]);
    expect(asked).toEqual([KNOWN, UNKNOWN, FAILING]);
  });

  it('tells live, absent and unavailable apart', async () => {
    const answers = await collect(createFixture().gatherer, [KNOWN, UNKNOWN, FAILING], createCall());
    expect(answers.get(KNOWN)?.lookup).toEqual({
      kind: 'found',
      record: 'live',
      provenance: { origin: 'live', at: NOW.toISOString() },
    });
    expect(answers.get(UNKNOWN)).toMatchObject({ lookup: { kind: 'absent' }, gap: null });
    expect(answers.get(FAILING)).toMatchObject({ lookup: { kind: 'unavailable' }, gap: 'HTTP 503' });
  });

  it('serves from the cache what was just fetched, found or absent, and asks again for what failed', async () => {
    const { gatherer, asked } = createFixture();
    await collect(gatherer, [KNOWN, UNKNOWN, FAILING], createCall());
    const again = await collect(gatherer, [KNOWN, UNKNOWN, FAILING], createCall());
    expect(asked.slice(3)).toEqual([FAILING]);
    expect([again.get(KNOWN)?.lookup, again.get(UNKNOWN)?.lookup]).toMatchObject([
      { kind: 'found', provenance: { origin: 'cache' } },
      { kind: 'absent', provenance: { origin: 'cache' } },
    ]);
  });

  it('tells how many it was asked for, does not know, and must have known', async () => {
    const told: unknown[] = [];
    const onAsked = (batch: unknown) => told.push(batch);
    await collect(createFixture({ snapshot: bundled }).gatherer, [UNKNOWN], { ...createCall(), onAsked });
    await collect(createFixture().gatherer, [UNKNOWN], { ...createCall(), onAsked });
    expect(told).toEqual([
      { asked: 1, unknown: 1, odd: 1 },
      { asked: 1, unknown: 1, odd: 0 },
    ]);
  });

  it('lets older facts of the mirror stand in for a source that fails: no gap, but a warning', async () => {
    const { gatherer, mirror } = createFixture({ snapshot: bundled });
    mirror.saveRecords('nvd', [{ cveId: FAILING, record: 'older' }], '2026-02-01T00:00:00Z');
    const call = createCall();
    const answers = await collect(gatherer, [FAILING], call);
    expect(answers.get(FAILING)).toEqual({
      cveId: FAILING,
      lookup: { kind: 'found', record: 'older', provenance: { origin: 'mirror', at: '2026-02-01T00:00:00Z' } },
      gap: null,
    });
    expect(call.warnings).toEqual([expect.stringContaining('older facts from the mirror')]);
  });

  it('lets the snapshot stand in last, and calls that a gap', async () => {
    const answers = await collect(createFixture({ snapshot: bundled }).gatherer, [FAILING], createCall());
    expect(answers.get(FAILING)).toMatchObject({
      lookup: bundled,
      gap: expect.stringContaining('HTTP 503; facts of the bundled snapshot (2025-08-25)'),
    });
  });

  it('asks nobody offline, and the snapshot is then no gap', async () => {
    const { gatherer, asked } = createFixture({ offline: true, snapshot: bundled });
    expect((await collect(gatherer, [KNOWN], createCall())).get(KNOWN)).toMatchObject({
      lookup: bundled,
      gap: null,
    });
    const without = await collect(createFixture({ offline: true }).gatherer, [KNOWN], createCall());
    expect(without.get(KNOWN)).toMatchObject({
      lookup: { kind: 'unavailable' },
      gap: expect.stringContaining('offline'),
    });
    expect(asked).toEqual([]);
  });

  it('asks nobody while a copy that was loaded whole is fresh', async () => {
    const { gatherer, mirror, asked } = createFixture({ wholeLifetimeMs: 3_600_000 });
    mirror.replaceRecords('nvd', [{ cveId: KNOWN, record: 'synced' }], {
      version: null,
      fetchedAt: '2026-03-01T11:30:00Z',
    });
    const answers = await collect(gatherer, [KNOWN, UNKNOWN], createCall());
    expect([answers.get(KNOWN)?.lookup, answers.get(UNKNOWN)?.lookup]).toMatchObject([
      { record: 'synced' },
      { kind: 'absent' },
    ]);
    expect(asked).toEqual([]);
  });
});

const catalogue = (count: number): KevCatalogue => ({
  catalogVersion: '2026.03.01',
  dateReleased: '2026-03-01T00:00:00Z',
  entries: Array.from({ length: count }, (_, index) => kevEntry({ cveId: `CVE-2024-${1000 + index}` as CveId })),
  unreadable: 0,
});

describe('what another machine fetched in between', () => {
  it('is not asked for again, of a record', async () => {
    const cache = createRacedCache((one) => one.setMany('nvd_cve', [{ key: KNOWN, value: { record: 'landed' } }]));
    const { gatherer, asked } = createFixture({ cache });
    const answers = await collect(gatherer, [KNOWN, UNKNOWN], createCall());
    expect(answers.get(KNOWN)).toMatchObject({ lookup: { record: 'landed', provenance: { origin: 'cache' } } });
    expect(asked).toEqual([UNKNOWN]);
  });

  it('is not asked for again, of a catalogue', async () => {
    let asked = 0;
    const cache = createRacedCache((one) => one.setMany('kev', [{ key: 'whole', value: catalogue(1) }]));
    const fetched = await fetchShared(cache, 'kev', createCall(), async () => {
      asked += 1;
      return catalogue(2);
    });
    expect([fetched.catalogue.entries.length, asked]).toEqual([1, 0]);
  });
});

describe('gathering KEV', () => {
  const failing = {
    name: 'kev' as const,
    fetchCatalogue: async (): Promise<KevCatalogue> => {
      throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message: 'HTTP 503' });
    },
  };
  const parts = (mirror: Mirror) => ({
    source: failing,
    mirror,
    snapshot: () => nothing,
    cache: createMemoryCache(),
    clock,
    offline: false,
    countBundled: () => 0,
  });

  it('knows of each CVE whether it is listed once the catalogue was read', async () => {
    const source = { name: 'kev' as const, fetchCatalogue: async () => catalogue(1) };
    const answers = await collect(
      createKevGatherer({ ...parts(createMirror()), source }),
      [KNOWN, UNKNOWN],
      createCall(),
    );
    expect([answers.get(KNOWN)?.lookup, answers.get(UNKNOWN)?.lookup]).toMatchObject([
      { kind: 'found', provenance: { origin: 'live' } },
      { kind: 'absent', provenance: { origin: 'live' } },
    ]);
  });

  it('says that entries are missing from it', async () => {
    const source = { name: 'kev' as const, fetchCatalogue: async () => ({ ...catalogue(1), unreadable: 2 }) };
    const call = createCall();
    await collect(createKevGatherer({ ...parts(createMirror()), source }), [UNKNOWN], call);
    expect(call.warnings).toEqual([expect.stringMatching(/^kev: 2 of its entries name no CVE/)]);
  });

  it.each([false, true])('says so of a catalogue that an earlier run fetched, too (offline: %s)', async (offline) => {
    const mirror = createMirror();
    mirrorKev(mirror, { ...catalogue(3), unreadable: 2 }, NOW.toISOString());
    const call = createCall();
    await collect(createKevGatherer({ ...parts(mirror), offline, countBundled: () => 1404 }), [UNKNOWN], call);
    expect(call.warnings).toEqual([
      expect.stringMatching(/^kev: 2 of its entries name no CVE/),
      'kev: the catalogue has only 3 entries, the bundled one 1404; is KEV_URL right?',
    ]);
  });

  it('calls a catalogue live that somebody fetched since the run began, and no older one', async () => {
    const origins = await Promise.all(
      [LATER, NOW].map(async (since) => {
        const shared = createRacedCache((one) => one.setMany('kev', [{ key: 'whole', value: catalogue(1) }]));
        const gatherer = createKevGatherer({ ...parts(createMirror()), cache: shared });
        return (await collect(gatherer, [UNKNOWN], { ...createCall(), since })).get(UNKNOWN)?.lookup;
      }),
    );
    expect(origins).toMatchObject([{ provenance: { origin: 'mirror' } }, { provenance: { origin: 'live' } }]);
  });

  it('never says "not listed" where the catalogue could not be read', async () => {
    const answers = await collect(createKevGatherer(parts(createMirror())), [KNOWN], createCall());
    expect(answers.get(KNOWN)).toMatchObject({ lookup: { kind: 'unavailable' }, gap: 'HTTP 503' });
  });

  it('falls back to an older catalogue with a warning', async () => {
    const mirror = createMirror();
    mirrorKev(mirror, catalogue(1), '2026-02-01T00:00:00Z');
    const call = createCall();
    const answers = await collect(createKevGatherer(parts(mirror)), [KNOWN], call);
    expect(answers.get(KNOWN)).toMatchObject({
      lookup: { kind: 'found', provenance: { origin: 'mirror' } },
      gap: null,
    });
    expect(call.warnings).toHaveLength(1);
  });

  it('refuses a catalogue that has lost most of its entries, and keeps the old one', () => {
    const mirror = createMirror();
    mirrorKev(mirror, catalogue(200), '2026-02-01T00:00:00Z');
    expect(() => mirrorKev(mirror, catalogue(20), NOW.toISOString())).toThrow('shrunk from 200 to 20');
    expect(mirror.countRecords('kev')).toBe(200);
  });
});

describe('loading ATT&CK', () => {
  const release = { version: '18', modified: '2025-11-12T00:00:00Z', techniques: [], tactics: [], groups: [] };
  const snapshot = () => ({ catalogue: release, at: '2025-11-12T00:00:00Z' });
  const source = (fetchCatalogue: () => Promise<typeof release>) => ({ name: 'attack' as const, fetchCatalogue });

  it('uses the source once and then the mirror while that is fresh', async () => {
    const mirror = createMirror();
    let asked = 0;
    const counted = source(async () => {
      asked += 1;
      return release;
    });
    const parts = {
      source: counted,
      mirror,
      cache: createMemoryCache(),
      isNamed: false,
      snapshot,
      clock,
      offline: false,
    };
    expect((await loadAttackLibrary(parts, createCall())).provenance.origin).toBe('live');
    expect((await loadAttackLibrary(parts, createCall())).provenance.origin).toBe('mirror');
    expect(asked).toBe(1);
  });

  it('takes the bundled release with a warning where the source fails, and without a word offline', async () => {
    const down = source(async () => {
      throw new Error('HTTP 503');
    });
    const [online, offline] = [createCall(), createCall()];
    const parts = { source: down, mirror: createMirror(), cache: createMemoryCache(), isNamed: false, snapshot, clock };
    expect((await loadAttackLibrary({ ...parts, offline: false }, online)).provenance.origin).toBe('snapshot');
    expect((await loadAttackLibrary({ ...parts, offline: true }, offline)).provenance.origin).toBe('snapshot');
    expect([online.warnings.length, offline.warnings.length]).toEqual([1, 0]);
  });
});
