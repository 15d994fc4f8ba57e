import { describe, expect, it } from 'vitest';
import type { DataAsOf } from './schema.ts';
import { staleSources } from './stale-sources.ts';

const NOW = '2026-03-01T10:00:00Z';
const of = (at: string | null): DataAsOf[keyof DataAsOf] => ({ origin: 'mirror', at });
const asOf = (over: Partial<Record<keyof DataAsOf, string | null>>): DataAsOf => {
  const at = (name: keyof DataAsOf) => of(over[name] === undefined ? NOW : over[name]);
  return { nvd: at('nvd'), ssvc: at('ssvc'), attack: at('attack'), kev: at('kev'), epss: at('epss') };
};

describe('a source', () => {
  it('whose facts are a week old is as good as new; ATT&CK of any age is', () => {
    const week = '2026-02-22T10:00:00Z';
    expect(staleSources(asOf({ nvd: week, ssvc: week, kev: week, epss: week, attack: '2020-01-01' }), NOW)).toEqual([]);
  });

  it('whose facts are older is stale', () => {
    for (const source of ['nvd', 'ssvc', 'kev', 'epss'] as const)
      expect(staleSources(asOf({ [source]: '2026-02-22T09:59:59Z' }), NOW)).toEqual([source]);
  });

  it('of no known day is not called old: it is unavailable, which is a gap', () => {
    expect(staleSources(asOf({ nvd: null, ssvc: null, kev: null, epss: null }), NOW)).toEqual([]);
  });
});
