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

  it('gives assessments of one minute places of their own, and lets each of equal counts be seen', async () => {
    const trend = EXAMPLE_CHARTS.find(({ name }) => name === 'trend') ?? never();
    const points = [10, 40].map((second) => ({
      assessmentId: `A${second}`,
      createdAt: `2026-03-01T10:00:${second}Z`,
      counts: { Critical: 7, High: 7, Medium: 7, Low: 7 },
    }));
    const svg = await renderChart({ ...trend, points } as typeof trend);
    expect(svg).toContain('>2026-03-01 10:00:10<');
    expect(svg).toContain('>2026-03-01 10:00:40<');
    const lines = [...svg.matchAll(/<path aria-label="[^"]*"[^>]*d="(M[^"]*)"[^>]*stroke-width="([\d.]+)"/g)];
    const widths = lines
      .filter(([, path]) => /^M[\d.,]+L[\d.,]+$/.test(path ?? ''))
      .map(([, , width]) => Number(width));
    expect(widths).toEqual([...new Set(widths)].sort((one, other) => other - one));
    expect(widths).toHaveLength(4);
  });

  it('keeps marks at the edges whole, and says what their size means', async () => {
    const scatter = EXAMPLE_CHARTS.find(({ name }) => name === 'epss-cvss') ?? never();
    const points = [
      { cvss: 10, epss: 1, level: 'Critical', isExploited: true, count: 90 },
      { cvss: 0, epss: 0, level: 'Low', isExploited: false, count: 1 },
    ];
    const words = { ...scatter.words, more: { ...scatter.words.more, size: 'The larger, the more: 1 to 90' } };
    const svg = await renderChart({ ...scatter, words, points } as typeof scatter);
    expect(svg).toContain('The larger, the more: 1 to 90');
    // The largest mark is a diamond of ten pixels to each side, in a frame of 460 × 300.
    const [x = 0, y = 0] = (/translate\(([\d.]+),([\d.]+)\)" d="M-10,0L0,-10/.exec(svg) ?? []).slice(1).map(Number);
    expect(x + 10).toBeLessThanOrEqual(460);
    expect(x).toBeGreaterThan(440);
    expect(y - 10).toBeGreaterThanOrEqual(0);
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
