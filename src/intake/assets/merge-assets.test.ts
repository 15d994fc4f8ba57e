import { describe, expect, it } from 'vitest';
import type { Asset, ListedAsset } from '../../domain/asset/asset.ts';
import { type Sighting, toSighting } from '../../domain/finding/sighting.ts';
import { joinAssets } from './join-assets.ts';
import { mergeAssets } from './merge-assets.ts';

function listed(id: string, over: Partial<Asset> = {}, names: Partial<ListedAsset> = {}): ListedAsset {
  const unknown = { name: null, criticality: null, exposure: null, environment: null, owner: null };
  const asset = {
    id,
    ...unknown,
    humanImpact: null,
    missionImpact: null,
    eventLoss: null,
    susceptibility: null,
    source: 'file.csv',
    ...over,
  };
  return { asset, hostnames: [], ips: [], vulnerabilityIds: [], ...names };
}

function sighting(vulnerabilityId: string, over: Partial<Sighting> = {}): Sighting {
  const evidence = [{ file: 'f', position: null, tool: null, severity: null }];
  return toSighting({ vulnerabilityId, evidence, ...over });
}

const [FIRST, SECOND] = ['CVE-2024-1000', 'CVE-2024-1001'] as const;
const SYSTEM = { source: 'ServiceNow CMDB' };

describe('assets of a file and of a system of record', () => {
  it.each<[string, ListedAsset, ListedAsset]>([
    [
      'host name',
      listed('shop', {}, { hostnames: ['WEB.example.org.'] }),
      listed('s1', SYSTEM, { hostnames: ['web.example.org'] }),
    ],
    ['address', listed('shop', {}, { ips: ['10.0.0.1'] }), listed('s1', SYSTEM, { ips: ['10.0.0.1'] })],
    ['id', listed('S1'), listed('s1', SYSTEM)],
    ['name', listed('web'), listed('s1', { ...SYSTEM, name: 'Web' })],
  ])('are one where they share a %s, and the file holds for what it says', (_what, own, recorded) => {
    const file = { ...own, asset: { ...own.asset, criticality: 2 } };
    const system = { ...recorded, asset: { ...recorded.asset, criticality: 5, owner: 'Beth' } };
    const { assets, recorded: others } = mergeAssets({ assets: [file], isLinked: true }, [system]);
    expect([assets.length, others]).toEqual([1, []]);
    expect(assets[0]?.asset).toMatchObject({ id: own.asset.id, criticality: 2, owner: 'Beth' });
    const [subject] = joinAssets([sighting(FIRST, { application: 's1' })], { assets, isLinked: true });
    expect(subject?.asset?.id).toBe(own.asset.id);
  });

  it('stay apart where it could be either of two', () => {
    const file = ['a', 'b'].map((id) => listed(id, {}, { ips: ['10.0.0.1'] }));
    const merged = mergeAssets({ assets: file, isLinked: true }, [listed('s1', SYSTEM, { ips: ['10.0.0.1'] })]);
    expect([merged.assets, merged.recorded?.map(({ asset }) => asset.id)]).toEqual([file, ['s1']]);
    const [subject, ...more] = joinAssets([sighting(FIRST, { application: 's1' })], merged);
    expect([subject?.asset?.id, more]).toEqual(['s1', []]);
  });

  it('leave what no system knows on the only asset of a list without names', () => {
    const merged = mergeAssets({ assets: [listed('all')], isLinked: false }, [listed('s1', SYSTEM)]);
    const subjects = joinAssets([sighting(FIRST), sighting(SECOND, { application: 's1' })], merged);
    expect(subjects.map(({ asset }) => asset?.id)).toEqual(['all', 's1']);
  });

  it('are those of the system where there is no file', () => {
    const merged = mergeAssets(null, [listed('s1', SYSTEM)]);
    const subjects = joinAssets([sighting(FIRST), sighting(SECOND, { application: 's1' })], merged);
    expect(subjects.map(({ asset }) => asset?.id ?? null)).toEqual([null, 's1']);
  });
});
