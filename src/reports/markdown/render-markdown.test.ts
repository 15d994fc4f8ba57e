import { describe, expect, it } from 'vitest';
import {
  EXAMPLE_ASSET,
  EXAMPLE_HEAD,
  EXAMPLE_METHOD,
  EXAMPLE_PORTFOLIO,
  exampleDiff,
  exampleDocument,
  exampleFinding,
  streamOf,
} from '../../../test/support/report-input.ts';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { Run } from '../document/document.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { renderMarkdown } from './render-markdown.ts';

const LOG4J = { purl: null, cpe: null, name: 'log4j', installedVersion: '2.14.1', fixedVersion: '2.17.1' };

async function render(
  findings: readonly Finding[],
  head = EXAMPLE_HEAD,
  settings: Partial<Parameters<typeof renderMarkdown>[3]> = {},
): Promise<string> {
  const parts: string[] = [];
  const write = async (more: string | Uint8Array) => void parts.push(more.toString());
  await renderMarkdown(head, () => streamOf(findings), write, { method: EXAMPLE_METHOD, ...settings });
  return parts.join('');
}

const partOf = (text: string, title: string) => text.split(/^## /m).find((part) => part.startsWith(title)) ?? '';

describe('a report as Markdown', () => {
  const finding = exampleFinding({ asset: EXAMPLE_ASSET, component: LOG4J });

  it('begins with the four answers, and the plan follows, word by word as in the other formats', async () => {
    const text = await render([finding]);
    const { sections } = await exampleDocument([finding]);
    const [summary] = sections;
    const answers = summary?.blocks.flatMap((block) => (block.kind === 'answers' ? block.items : [])) ?? [];
    expect(answers).toHaveLength(4);
    const words = (runs: readonly Run[]) => runs.map(({ text }) => text).join('');
    const plain = text.replaceAll('**', '').replaceAll('\\', '');
    for (const { question, answer } of answers) {
      expect(text).toContain(`### ${question}\n`);
      for (const line of answer) expect(plain).toContain(`- ${words(line)}\n`);
    }
    expect(partOf(text, 'Executive summary')).toContain('**1 fix due by 2026-03-04;');
    expect(partOf(text, 'Action plan')).toContain(
      '| Upgrade log4j to 2.17.1 **Critical** Where: shop | 2026-03-04 | Platform team | 1 finding: CVE-2024-1000 | immediate |',
    );
    expect(text.indexOf('## Executive summary')).toBeLessThan(text.indexOf('## Action plan'));
    expect(text.indexOf('## Action plan')).toBeLessThan(text.indexOf('## Findings'));
  });

  it('has money, what changed, and warnings before all else', async () => {
    const head = { ...EXAMPLE_HEAD, portfolio: EXAMPLE_PORTFOLIO, warnings: ['EPSS is <old>'] };
    const text = await render([finding], head, { previous: exampleDiff([], [finding]) });
    expect(text.indexOf('> Warning: EPSS is \\<old\\>')).toBeLessThan(text.indexOf('## Executive summary'));
    expect(partOf(text, 'Expected loss')).toContain('Upgrade log4j to 2.17.1');
    expect(partOf(text, 'Expected loss')).toContain('Assumptions:\n\n- Assets fail on their own.');
    expect(partOf(text, 'What changed')).toContain('Since `A0`, 2026-02-01');
    expect(partOf(text, 'Executive summary')).toContain('**Since the last assessment:** (2026-02-01) 1 new');
  });

  it('marks each sentence of a model, with what it cites', async () => {
    const summary = { ...EXAMPLE_HEAD.summary, source: 'llm' as const };
    const text = await render([finding], { ...EXAMPLE_HEAD, summary });
    expect(text).toContain('In short: \\[AI\\] One is exploited. \\[E1\\] \\[AI\\] It is old.');
  });

  it('reads well of nothing', async () => {
    const text = await render([]);
    expect(text).toContain('**Nothing was found to assess.**');
    expect(text).toContain('Nothing is to be done.');
  });

  it('lets no text from outside make markup', () => {
    expect(escapeMarkdown('[x](y) **b** | `c` <i> https://e.x www.e.x a@e.x')).toBe(
      '\\[x\\](y) \\*\\*b\\*\\* \\| \\`c\\` \\<i\\> https\\://e.x www\\.e.x a\\@e.x',
    );
  });
});
