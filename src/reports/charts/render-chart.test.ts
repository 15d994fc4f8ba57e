import { describe, expect, it } from 'vitest';
import { EXAMPLE_CHARTS } from '../../../test/support/example-charts.ts';
import { RISK_LEVELS } from '../../domain/assessment/finding-schema.ts';
import { contrastRatio } from '../document/contrast.ts';
import { LEVEL_COLORS } from './level-colors.ts';
import { renderChart } from './render-chart.ts';

describe('charts', () => {
  it.each(EXAMPLE_CHARTS.map((chart) => [chart.name, chart] as const))('draws %s as SVG', async (_, chart) => {
    const svg = await renderChart(chart);
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
    expect(svg).toContain(chart.words.title);
    // Whole in itself: no style sheet, no script, nothing to load.
    expect(svg.replace(/xmlns(?::xlink)?="[^"]*"/g, '')).not.toMatch(/<style|<script|style=|href|url\(|http/);
  });

  it('draws the same bytes again, whatever was drawn before', async () => {
    const [first, ...others] = EXAMPLE_CHARTS;
    if (first === undefined) throw new Error('no charts');
    const before = await renderChart(first);
    for (const chart of others) await renderChart(chart);
    expect(await renderChart(first)).toBe(before);
  });

  it('draws each number of the matrix, the level in words beside it', async () => {
    const svg = await renderChart(EXAMPLE_CHARTS.find(({ name }) => name === 'heat-map') ?? never());
    for (const text of ['>12<', '>◆ Critical<', '>1234<', '>■ Medium<']) expect(svg).toContain(text);
    expect(svg.match(/>25</g)).toBeNull();
  });

  it('takes hostile words as text', async () => {
    const chart = EXAMPLE_CHARTS.find(({ name }) => name === 'attack-matrix') ?? never();
    if (chart.name !== 'attack-matrix') return;
    const hostile = '</text><script>alert(1)</script>&"\'';
    const cells = [{ tactic: hostile, techniqueId: hostile, name: hostile, count: 1 }];
    const svg = await renderChart({ ...chart, words: { ...chart.words, title: hostile }, cells });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script');
  });

  it('draws without data', async () => {
    for (const chart of EXAMPLE_CHARTS) {
      const empty = { ...chart, cells: [], points: [], days: [] };
      expect(await renderChart(empty)).toMatch(/^<svg /);
    }
  });
});

describe('colours of levels', () => {
  it('can be read, and fall in lightness from Low to Critical', () => {
    const onBlack = RISK_LEVELS.map((level) => contrastRatio(LEVEL_COLORS[level].fill, '#000000'));
    expect(onBlack).toEqual([...onBlack].sort((one, other) => one - other));
    for (const level of RISK_LEVELS) {
      expect(contrastRatio(LEVEL_COLORS[level].fill, LEVEL_COLORS[level].text)).toBeGreaterThan(4.5);
    }
  });
});

function never(): never {
  throw new Error('there is no such chart');
}
