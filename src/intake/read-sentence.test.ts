import { describe, expect, it } from 'vitest';
import { type AssetList, bareAsset } from '../domain/asset/asset.ts';
import type { TextReader } from '../ports/text-reader.ts';
import { readSentence } from './read-sentence.ts';

const asset = (name: string) => ({
  asset: bareAsset(name, name, 'assets.csv'),
  hostnames: [],
  ips: [],
  vulnerabilityIds: [],
});
const ASSETS: AssetList = { assets: [asset('payment-server-1')], isLinked: true };
const nothing = { vulnerabilityIds: [], products: [], assets: [], by: 'fast' };

function reader(answer: Awaited<ReturnType<TextReader['read']>>) {
  const asked: string[] = [];
  return {
    asked,
    read: async (text: string) => {
      asked.push(text);
      return answer;
    },
  };
}

describe('a model', () => {
  it.each<[string, AssetList | null]>([
    ['Assess CVE-2024-3094 for our payment servers', null],
    ['CVE-2024-3094 on payment-server-1', ASSETS],
    ['please assess CVE-2024-3094', ASSETS],
    ['nonsense', null],
  ])('is not asked about %j', async (sentence, assets) => {
    const model = reader(nothing);
    await readSentence(sentence, { reader: model, assets });
    expect(model.asked).toEqual([]);
  });

  it.each<[string, AssetList | null]>([
    ['is xz on the build hosts a problem', null],
    ['CVE_2024_3094 and CVE-2021-44228', null],
    ['Assess CVE-2024-3094 for our payment boxes', ASSETS],
  ])('is asked about %j', async (sentence, assets) => {
    const model = reader(nothing);
    await readSentence(sentence, { reader: model, assets });
    expect(model.asked).toEqual([sentence]);
  });

  it('adds ids, products with a CPE name, and what assets are called', async () => {
    const sentence = 'Is Apache HTTP Server 2.4.49 on our payment servers hit by CVE 2021 41773?';
    const content = await readSentence(sentence, {
      reader: reader({
        vulnerabilityIds: ['CVE-2021-41773'],
        products: [
          { vendor: 'Apache', product: 'HTTP Server', version: '2.4.49' },
          { vendor: null, product: 'servers', version: null },
        ],
        assets: ['payment servers'],
        by: 'fast',
      }),
      assets: null,
    });
    expect(content.sightings).toEqual([
      expect.objectContaining({ vulnerabilityId: 'CVE-2021-41773', sentence, named: ['payment servers'] }),
    ]);
    expect(content.components.map(({ component, application }) => [component.cpe, application])).toEqual([
      ['cpe:2.3:a:apache:http_server:2.4.49:*:*:*:*:*:*:*', 'payment servers'],
    ]);
    expect(content.malformed).toEqual([]);
    expect(content.understood).toEqual([
      expect.stringMatching(
        /CVE-2021-41773, Apache HTTP Server 2\.4\.49, servers \(without .*\), on payment servers \(read by fast\)$/,
      ),
    ]);
  });

  it('that fails leaves the rules alone, and says so', async () => {
    const parts = { reader: reader({ failed: 'no answer' }), assets: ASSETS };
    const content = await readSentence('CVE-2024-3094 on the boxes', parts);
    expect(content.sightings.map(({ vulnerabilityId }) => vulnerabilityId)).toEqual(['CVE-2024-3094']);
    expect(content.warnings).toEqual(['language model: no answer; rules read the text alone']);
    expect((await readSentence('the boxes', parts)).malformed).toEqual(['the boxes']);
  });
});
