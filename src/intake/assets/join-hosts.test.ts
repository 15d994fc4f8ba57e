import { expect, it } from 'vitest';
import { type Sighting, toSighting } from '../../domain/finding/sighting.ts';
import { joinAssets } from './join-assets.ts';

const on = (hostname: string): Sighting =>
  toSighting({ vulnerabilityId: 'CVE-2024-1111', host: { hostname, ip: null } });
const asset = (id: string) => {
  const [subject] = joinAssets([on(id)], null);
  if (subject?.asset == null) throw new Error('no asset');
  return { asset: { ...subject.asset, source: 'assets.csv' }, hostnames: [], ips: [], vulnerabilityIds: [] };
};
const placesOf = (ids: readonly string[], listed: readonly string[]) =>
  joinAssets(ids.map(on), { assets: listed.map(asset), isLinked: true }).map((one) => [
    one.asset?.id,
    one.asset?.source,
  ]);

it('two services of one name stay two, where a list has both, and none', () => {
  const both = ['svc:8080', 'svc:9090', 'db/prod', 'db/test'];
  expect(placesOf(both, both)).toEqual(both.map((id) => [id, 'assets.csv']));
  expect(placesOf(both, []).map(([id]) => id)).toEqual(both);
});

it('a service is on the asset that has its name without the port', () => {
  expect(placesOf(['svc:8080'], ['svc'])).toEqual([['svc', 'assets.csv']]);
});
