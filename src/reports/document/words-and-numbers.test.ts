import { describe, expect, it } from 'vitest';
import { sectionText } from '../../../test/support/document-text.ts';
import {
  EXAMPLE_ASSET,
  EXAMPLE_HEAD,
  exampleDiff,
  exampleDocument,
  exampleFinding,
} from '../../../test/support/report-input.ts';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { figuresOf } from '../docx/draw-figures.ts';
import type { SectionId } from './document.ts';
import { DEFAULT_TEMPLATE } from './template.ts';

const GERMAN = { ...DEFAULT_TEMPLATE, language: 'de' } as const;
const LOSS = lossOf(2_970_000, 20_000, 4_000_000);

function lossOf(ale: number, p5: number, p95: number): NonNullable<Finding['loss']> {
  const magnitude = { distribution: 'lognormal' as const, p5, p95, mode: null };
  return {
    ale,
    standardError: 1,
    p50: 0,
    p90: 0,
    p95: 0,
    var95: 0,
    es95: 0,
    lossExceedance: [],
    frequencyPerYear: 1,
    susceptibility: 0.5,
    secondary: null,
    magnitude,
    iterations: 10,
    seed: 1,
    assumptions: [],
  };
}

const before = exampleFinding({ asset: { ...EXAMPLE_ASSET, source: 'assets3.csv' }, loss: LOSS });
const after = { ...before, loss: lossOf(6_690_000, 20_000, 9_000_000) };
const previous = exampleDiff([before], [after]);

describe('numbers of a report', () => {
  it('are amounts wherever money is meant', async () => {
    const text = sectionText(await exampleDocument([after], { previous }), 'changes');
    expect(text).toContain('expected loss a year: USD 2,970,000 → USD 6,690,000');
    expect(text).toContain('loss of one event: USD 20,000 to USD 4,000,000 → USD 20,000 to USD 9,000,000');
  });

  it('are written the German way in German, and so is who says it', async () => {
    const document = await exampleDocument([after], { previous, template: GERMAN });
    const changes = sectionText(document, 'changes');
    expect(changes).toContain('USD 20.000 bis USD 4.000.000 → USD 20.000 bis USD 9.000.000');
    expect(changes).toContain('das System, laut assets3.csv');
    expect(changes).not.toContain('the asset');
    const [cvss] = [after.cvss?.baseScore ?? 0];
    const written = cvss.toFixed(1).replace('.', ',');
    expect(sectionText(document, 'findings')).toContain(`${written} (`);
    expect(sectionText(document, 'register')).toContain(` ${written} `);
  });

  it('have their thousands apart in counts', async () => {
    const summary = {
      ...EXAMPLE_HEAD.summary,
      counts: { Critical: 3178, High: 0, Medium: 0, Low: 0 },
    };
    const head = { ...EXAMPLE_HEAD, summary };
    expect(sectionText(await exampleDocument([after], { head }), 'summary')).toContain('Critical: 3,178');
    expect(sectionText(await exampleDocument([after], { head, template: GERMAN }), 'summary')).toContain(
      'Kritisch: 3.178',
    );
  });
});

describe('charts of a report', () => {
  const history = [1, 2].map((day) => ({
    assessmentId: `A${day}`,
    createdAt: `2026-03-0${day}T00:00:00Z`,
    counts: EXAMPLE_HEAD.summary.counts,
  }));
  const chartsOf = async (section: SectionId, template = DEFAULT_TEMPLATE) =>
    figuresOf(
      (await exampleDocument([after], { history, template })).sections.find(({ id }) => id === section)?.blocks ?? [],
    ).map(({ chart }) => chart);

  it('count findings up in the trend', async () => {
    expect((await chartsOf('changes'))[0]?.words.y).toBe('Findings');
    expect((await chartsOf('changes', GERMAN))[0]?.words.y).toBe('Befunde');
  });

  it('say how many findings have no place in the scatter', async () => {
    const unscored = exampleFinding({ id: 'b', epss: null });
    const scored = exampleFinding({ id: 'a', epss: { probability: 0.5, percentile: null, date: null } });
    const scores = { version: '3.1', vector: 'x', baseScore: 10, severity: 'CRITICAL', source: 'nvd' } as const;
    const cvss = { ...scores, environmental: null };
    const drawn = { ...scored, cvss };
    const text = sectionText(await exampleDocument([drawn, unscored]), 'threat');
    expect(text).toContain('1 finding has no place here: without a CVSS score, an EPSS forecast or a level.');
    expect(sectionText(await exampleDocument([drawn]), 'threat')).not.toContain('no place here');
  });

  it('count what they leave out as one or as many', async () => {
    const how = { role: 'exploitation', source: 'rule', confidence: 1 } as const;
    const attack = Array.from({ length: 6 }, (_, n) => ({
      techniqueId: `T100${n}`,
      name: `Technique ${n}`,
      tactics: ['impact'],
      because: [],
      ...how,
    }));
    expect(sectionText(await exampleDocument([exampleFinding({ attack })]), 'threat')).toContain(
      '1 rarer technique is not drawn',
    );
  });
});

describe('the name of a finding', () => {
  it('is its id once where it has no title', async () => {
    const finding = exampleFinding({ title: 'CVE-2024-1000' });
    const document = await exampleDocument([finding]);
    const [group] = document.sections.find(({ id }) => id === 'findings')?.blocks ?? [];
    expect(group?.kind === 'group' ? group.title.map(({ text }) => text).join('') : null).toBe('CVE-2024-1000');
  });
});
