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
    expect(partOf(text, 'Gaps and assumptions')).toContain(
      '**Assumptions of the loss estimate**\n\n- Assets fail on their own.',
    );
    expect(partOf(text, 'What changed')).toContain('Compared with assessment A0 of 2026-02-01');
    expect(partOf(text, 'What changed')).toMatch(/New findings\*\*\n\n.*\n.*\n\| \[CVE-2024-1000\]/);
    expect(partOf(text, 'Executive summary')).toContain('**Since the last assessment:** (2026-02-01) 1 new');
  });

  it('marks each sentence of a model, with what it cites', async () => {
    const summary = { ...EXAMPLE_HEAD.summary, source: 'llm' as const };
    const text = await render([finding], { ...EXAMPLE_HEAD, summary });
    expect(text).toContain('In short: \\[AI\\] One is exploited. \\[E1\\] \\[AI\\] It is old.');
  });

  it('marks each sentence of a model about a finding, with the evidence below', async () => {
    const claim = 'It is exploited by many.';
    const narrative = {
      ...finding.narrative,
      summary: `${claim} It is old.`,
      threat: 'Anyone may come in.',
      source: 'llm' as const,
      model: 'model-1',
      citations: [{ claim, evidence: 'E7', source: 'CISA KEV', text: 'listed' }],
    };
    const text = await render([{ ...finding, narrative }]);
    expect(text).toContain('What it is: \\[AI\\] It is exploited by many. \\[E7\\] \\[AI\\] It is old.');
    expect(text).toContain('Threat: \\[AI\\] Anyone may come in.');
    expect(text).toContain('| E7 | CISA KEV | listed |');
    expect(text.split('## Executive summary')[0]).toContain('Sentences marked “AI” were written by a language model');
    expect(await render([finding])).not.toContain('\\[AI\\]');
  });

  it('has the sections of every report, in tables where others draw', async () => {
    const technique = { techniqueId: 'T1190', name: 'Exploit Public-Facing Application', tactics: ['initial-access'] };
    const groups = { names: ['APT28', 'FIN7'], count: 2 };
    const how = { role: 'exploitation' as const, source: 'mapping' as const, confidence: 1, because: [] };
    const acceptance = {
      owner: 'Ann',
      reason: 'Behind a | proxy',
      approver: 'Bo',
      acceptedAt: '2026-01-01',
      expiresAt: '2026-06-01',
      state: 'active',
    } as const;
    const head = { ...EXAMPLE_HEAD, gaps: [{ cveId: 'CVE-2024-1000', source: 'epss', reason: 'HTTP 503' }] };
    const text = await render([{ ...finding, attack: [{ ...technique, ...how, groups }], acceptance }], head);
    expect(partOf(text, 'Accepted risks')).toContain(
      '| [CVE-2024-1000](https://nvd.nist.gov/vuln/detail/CVE-2024-1000) log4j 2.14.1 on shop | Ann | Bo | Behind a \\| proxy | 2026-06-01 | in force, but CISA lists it',
    );
    expect(partOf(text, 'Threat view')).toContain(
      '| Initial Access | T1190 Exploit Public-Facing Application | APT28, FIN7 | 1 |',
    );
    expect(partOf(text, 'Likelihood and impact')).toMatch(
      /\| Likelihood \| Impact 1 .*\n.*\n\| 5 \| .*1 \*\*Critical\*\*/,
    );
    expect(partOf(text, 'Gaps and assumptions')).toContain('| FIRST EPSS | HTTP 503 | 1 | CVE-2024-1000 |');
    expect(partOf(text, 'Method')).toContain('| BOD 26-04 | 1.0.0 | CISA |');
    expect(partOf(text, 'Attributions')).toContain('not endorsed or certified by the NVD');
    expect(text.split('## Executive summary')[0]).toContain('the HTML, PDF and DOCX reports draw them');
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
