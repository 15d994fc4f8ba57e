import { describe, expect, it } from 'vitest';
import { createLabelledTexts } from '../adapters/sqlite/labelled-texts.ts';
import { identifyTechniques, type LabelledText, rankTechniques } from './identify-technique.ts';

const description = (techniqueId: string, title: string, text: string): LabelledText => ({
  ...{ techniqueId, title, text },
  kind: 'description',
});
const example = (techniqueId: string, text: string): LabelledText => ({
  techniqueId,
  title: '',
  text,
  kind: 'example',
});

const LABELLED = [
  description('T1003.001', 'LSASS Memory', 'Adversaries may access credential material in the memory of LSASS.'),
  description('T1566.001', 'Spearphishing Attachment', 'Adversaries may send emails with a malicious attachment.'),
  description('T1486', 'Data Encrypted for Impact', 'Adversaries may encrypt data to interrupt availability.'),
];
const identify = (text: string, more: readonly LabelledText[] = []) => {
  const labelled = [...LABELLED, ...more];
  const index = createLabelledTexts(labelled);
  const found = identifyTechniques(text, labelled, index);
  index.close();
  return found;
};

describe('techniques of a text', () => {
  it('come best first, with the words and the text that speak for them', () => {
    const [best] = identify('It read credential material out of LSASS memory.');
    expect(best).toMatchObject({ techniqueId: 'T1003.001', words: ['credential', 'material', 'lsass', 'memory'] });
    expect(best?.closest).toBe(LABELLED[0]);
    expect(best?.score).toBeGreaterThan(0.3);
    expect(best?.score).toBeLessThanOrEqual(1);
  });

  it('are told by examples where descriptions have none of the words', () => {
    const text = 'Mimikatz was run as sekurlsa::logonpasswords.';
    expect(identify(text)).toEqual([]);
    const [best] = identify(text, [example('T1003.001', 'The group ran Mimikatz with sekurlsa::logonpasswords')]);
    expect(best).toMatchObject({ techniqueId: 'T1003.001', closest: { kind: 'example' } });
  });

  it('are voted for: the k-th text of a technique counts 1/k, so that several near ones beat one that is nearer', () => {
    const labelled = [example('T1', 'a'), example('T2', 'b'), example('T2', 'c')];
    const index = { search: () => ({ found: [3, 2.5, 2].map((bm25, place) => ({ place, bm25 })), whole: 5 }) };
    expect(rankTechniques('any text', labelled, index).map(({ techniqueId, score }) => [techniqueId, score])).toEqual([
      ['T2', 0.5034], // 1 - exp(-(2.5 + 2 / 2) / 5)
      ['T1', 0.4512], // 1 - exp(-3 / 5)
    ]);
  });

  it.each(['The weather in Paris is sunny.', 'data', '?!', ''])('are none for "%s"', (text) =>
    expect(identify(text)).toEqual([]),
  );

  it('do not depend on signs that a search language knows', () => {
    expect(identify('memory* AND "LSASS" NEAR(credential) - (material)')[0]?.techniqueId).toBe('T1003.001');
  });
});
