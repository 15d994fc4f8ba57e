import { describe, expect, it } from 'vitest';
import type { DataAsOf } from './schema.ts';
import { staleCatalogues } from './stale-catalogues.ts';

const of = (at: string | null): DataAsOf[keyof DataAsOf] => ({ origin: 'snapshot', at });
const asOf = (kev: string | null, epss: string | null): DataAsOf => {
  const old = of('2020-01-01T00:00:00Z');
  return { nvd: old, ssvc: old, attack: old, kev: of(kev), epss: of(epss) };
};
const NOW = '2026-03-01T10:00:00Z';

describe('a catalogue', () => {
  it('that is a week old is as good as new; records of any age are', () => {
    expect(staleCatalogues(asOf('2026-02-22T10:00:00Z', '2026-02-22T10:00:00Z'), NOW)).toEqual([]);
  });

  it('that is older is stale', () => {
    expect(staleCatalogues(asOf('2025-08-25T17:04:19Z', '2026-02-28T00:00:00Z'), NOW)).toEqual(['kev']);
    expect(staleCatalogues(asOf('2026-02-28T00:00:00Z', '2026-02-22T09:59:59Z'), NOW)).toEqual(['epss']);
  });

  it('of no known day is not called old: it is unavailable, which is a gap', () => {
    expect(staleCatalogues(asOf(null, null), NOW)).toEqual([]);
  });
});
