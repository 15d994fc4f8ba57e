import { describe, expect, it } from 'vitest';
import { DE } from './de.ts';
import { EN } from './en.ts';

/** Words that are the same in both languages: names of standards and of things. */
const SAME = new Set(
  'USD SSVC CVSS EPSS CISA KEV KEV VEX ERAS ALE VaR 95 track track* attend act live Status Ransomware Organisation'.split(
    ' ',
  ),
);

function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

describe('messages', () => {
  it('have the same keys in each language', () => {
    expect(leaves(DE).map(([path]) => path)).toEqual(leaves(EN).map(([path]) => path));
  });

  it('are translated, but for names of standards', () => {
    const german = new Map(leaves(DE));
    const same = leaves(EN).filter(
      ([path, text]) => typeof text === 'string' && text !== '' && german.get(path) === text,
    );
    const words = same
      .map(([, text]) => String(text))
      .filter((text) => text.split(' ').some((word) => !SAME.has(word)));
    expect(words).toEqual([]);
  });

  it('count in each language', () => {
    expect([EN.findings(1), EN.findings(1200)]).toEqual(['1 finding', '1,200 findings']);
    expect([DE.findings(1), DE.findings(1200)]).toEqual(['1 Befund', '1.200 Befunde']);
    expect(DE.fix({ kind: 'upgrade', component: 'log4j', fixedVersion: '2.17.1' })).toBe(
      'log4j auf 2.17.1 aktualisieren',
    );
  });

  it('take what they are given as it is', () => {
    for (const messages of [EN, DE]) {
      expect(messages.summary.sureUnknown('exposure', '3 x')).toMatch(/exposure.*3 x/);
      expect(messages.cover.leftOut('A, B')).toContain('A, B');
      expect(messages.prose.legend('m1')).toContain('m1');
    }
  });
});
