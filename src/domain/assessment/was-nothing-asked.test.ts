import { expect, it } from 'vitest';
import { SOURCE_NAMES } from '../source/lookup.ts';
import { wasNothingAsked } from './was-nothing-asked.ts';

const unread = Object.fromEntries(SOURCE_NAMES.map((name) => [name, { origin: 'unavailable', at: null }])) as never;
const request = (...cveIds: string[]) => ({ targets: [], cveIds, options: {} }) as never;

it('a source is unavailable where it was to be asked, and not where there was nothing to ask', () => {
  expect(wasNothingAsked({ request: request(), dataAsOf: unread, gaps: [] })).toBe(true);
  expect(wasNothingAsked({ request: request('CVE-2024-1111'), dataAsOf: unread, gaps: [] })).toBe(false);
  const gaps = [{ cveId: 'GHSA-2222-3333-5555', source: 'nvd', reason: 'nobody describes it' }];
  expect(wasNothingAsked({ request: request(), dataAsOf: unread, gaps })).toBe(false);
});
