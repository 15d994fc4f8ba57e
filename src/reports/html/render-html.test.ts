import { createHash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  EXAMPLE_ASSET,
  EXAMPLE_HEAD,
  EXAMPLE_PORTFOLIO,
  exampleDiff,
  exampleDocument,
  exampleFinding,
} from '../../../test/support/report-input.ts';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { ReportDocument } from '../document/document.ts';
import { DEFAULT_TEMPLATE } from '../document/template.ts';
import { renderHtml } from './render-html.ts';

const HOSTILE = [
  '</script><script>alert(1)</script><img src=x onerror=alert(1)><style>*{display:none}</style>',
  '"><a href="javascript:alert(1)">x</a> [click](javascript:alert(1)) https://evil.example <!-- --> <![CDATA[',
  "' onmouseover='alert(1) \u202e\u0007\u2028 &lt;b&gt; {{7*7}}",
].join(' ');

const ELEMENTS = new Set(
  'html head meta title style body a div header h1 p dl dt dd table caption thead tbody tr th td nav h2 h3 h4 ol ul li main section span strong code figure img details summary article abbr sup footer script'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class href src alt width height id role tabindex scope title rel data-sort aria-label aria-labelledby aria-hidden'.split(
    ' ',
  ),
);

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function elementsOf(text: string): Element[] {
  const elements: Element[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => elements.push({ name, attributes }) });
  parser.end(text);
  return elements;
}

async function render(document: ReportDocument): Promise<string> {
  let text = '';
  await renderHtml(document, async (more) => {
    text += more.toString();
  });
  return text;
}

/** Every text of a document made hostile, as deep as there are texts; enums, ids of tactics and numbers stay. */
function hostileFinding(): Finding {
  const base = exampleFinding();
  const citation = { claim: HOSTILE, evidence: HOSTILE, source: HOSTILE, text: HOSTILE };
  return {
    ...base,
    vulnerabilityId: `javascript:${HOSTILE}`,
    title: HOSTILE,
    aliases: [HOSTILE],
    cwes: [HOSTILE],
    affected: [{ vendor: HOSTILE, product: HOSTILE, versions: HOSTILE }],
    cvss: {
      version: '3.1',
      vector: HOSTILE,
      baseScore: 9.8,
      severity: 'CRITICAL',
      source: HOSTILE,
      environmental: null,
    },
    epss: { probability: 0.5, percentile: null, date: HOSTILE },
    kev: { dateAdded: HOSTILE, dueDate: HOSTILE, knownRansomwareCampaignUse: 'Known' },
    kevStatus: 'listed',
    attack: [
      {
        techniqueId: HOSTILE,
        name: HOSTILE,
        tactics: [HOSTILE],
        role: 'exploitation',
        source: 'rule',
        confidence: 1,
        because: [HOSTILE],
      },
    ],
    asset: { ...EXAMPLE_ASSET, id: HOSTILE, name: HOSTILE, owner: HOSTILE },
    component: { purl: null, cpe: null, name: HOSTILE, installedVersion: HOSTILE, fixedVersion: HOSTILE },
    evidence: [{ file: HOSTILE, position: HOSTILE, tool: HOSTILE, severity: HOSTILE }],
    context: [{ document: HOSTILE, title: HOSTILE, page: 1, section: HOSTILE, text: HOSTILE }],
    vex: { status: 'affected', justification: HOSTILE, detail: HOSTILE, author: HOSTILE, at: HOSTILE },
    risk: {
      ...base.risk,
      factors: [{ name: HOSTILE, value: HOSTILE, effect: HOSTILE, source: HOSTILE, asOf: HOSTILE }],
      unknowns: [{ name: HOSTILE, affects: HOSTILE, ifWorse: HOSTILE, ifBetter: 'x' }],
    },
    narrative: {
      summary: HOSTILE,
      threat: HOSTILE,
      remediation: 'x'.repeat(100_000),
      businessImpact: HOSTILE,
      source: 'llm',
      model: HOSTILE,
      citations: [citation],
      notes: [HOSTILE],
    },
  };
}

/** Where in a document there are control or direction characters. */
function dirtyTexts(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return /\p{Cc}|\p{Cf}/u.test(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => dirtyTexts(inner, `${path}.${key}`));
}

const acceptance = {
  owner: HOSTILE,
  reason: HOSTILE,
  approver: HOSTILE,
  acceptedAt: '2026-01-01',
  expiresAt: HOSTILE,
  state: 'active',
} as const;

async function hostileDocument(): Promise<ReportDocument> {
  const finding = hostileFinding();
  const head = {
    ...EXAMPLE_HEAD,
    id: HOSTILE,
    request: { targets: [HOSTILE], cveIds: [], options: { [HOSTILE]: HOSTILE } },
    summary: { ...EXAMPLE_HEAD.summary, text: HOSTILE, headline: HOSTILE, actions: [HOSTILE], source: 'llm' as const },
    portfolio: {
      ...EXAMPLE_PORTFOLIO,
      assumptions: [HOSTILE],
      assets: EXAMPLE_PORTFOLIO.assets.map((asset) => ({ ...asset, name: HOSTILE })),
      fixes: EXAMPLE_PORTFOLIO.fixes.map((fix) => ({ ...fix, fix: HOSTILE })),
    },
    gaps: [{ cveId: HOSTILE, source: HOSTILE, reason: HOSTILE }],
    warnings: [HOSTILE],
  };
  const before = exampleFinding({ id: finding.id, vulnerabilityId: HOSTILE });
  return exampleDocument([finding, { ...finding, id: 'b', acceptance }, { ...finding, id: 'c' }], {
    head,
    previous: { ...exampleDiff([before], [finding, { ...finding, id: 'b' }]), id: HOSTILE },
    template: { ...DEFAULT_TEMPLATE, title: HOSTILE, organisation: HOSTILE, classification: HOSTILE },
  });
}

describe('hostile text in HTML', () => {
  let text = '';
  let elements: Element[] = [];
  beforeAll(async () => {
    const document = await hostileDocument();
    expect(dirtyTexts(document)).toEqual([]);
    text = await render(document);
    elements = elementsOf(text);
  });

  it('brings no element and no attribute of its own', () => {
    expect(elements.filter(({ name }) => !ELEMENTS.has(name))).toEqual([]);
    const names = elements.flatMap(({ attributes }) => Object.keys(attributes));
    expect(new Set(names.filter((name) => !ATTRIBUTES.has(name)))).toEqual(new Set());
    expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1);
    expect(elements.filter(({ name }) => name === 'style')).toHaveLength(1);
  });

  it('becomes no link and loads nothing', () => {
    const links = elements.flatMap(({ name, attributes }) => (name === 'a' ? [attributes['href'] ?? ''] : []));
    for (const link of links)
      expect(link).toMatch(/^(?:#[a-z0-9-]+|https:\/\/nvd\.nist\.gov\/vuln\/detail\/CVE-\d{4}-\d+)$/);
    for (const { attributes } of elements) if ('src' in attributes) expect(attributes['src']).toMatch(/^data:image\//);
    expect(elements.filter(({ name }) => ['link', 'iframe', 'object', 'base', 'form'].includes(name))).toEqual([]);
  });

  it('is there to be read, without control and direction characters', () => {
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(/.{0,80}(?:\p{Cc}(?<!\n)|\p{Cf})/u.exec(text)?.[0] ?? null).toBeNull();
    expect(text).not.toContain('x'.repeat(5000));
  });
});

describe('HTML', () => {
  const finding = exampleFinding({ asset: EXAMPLE_ASSET });
  let text = '';
  beforeAll(async () => {
    text = await render(await exampleDocument([finding]));
  });

  it('has a policy that lets only its own script and style run', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    const hashOf = (name: string) => {
      const content = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf('script')}`,
      `style-src ${hashOf('style')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(elementsOf(text).filter(({ attributes }) => 'style' in attributes)).toEqual([]);
  });

  it('is the same bytes for the same document', async () => {
    expect(await render(await exampleDocument([finding]))).toBe(text);
  });

  it('has landmarks, ids that are unique, headings in order, and names for tables and images', () => {
    const elements = elementsOf(text);
    const names = elements.map(({ name }) => name);
    for (const landmark of ['header', 'nav', 'main', 'footer'])
      expect(names.filter((one) => one === landmark)).toHaveLength(1);
    expect(elements[0]).toEqual({ name: 'html', attributes: { lang: 'en' } });
    const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = elements.flatMap(({ attributes }) =>
      attributes['href']?.startsWith('#') ? [attributes['href'].slice(1)] : [],
    );
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
    const depths = names.flatMap((name) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
    expect(depths[0]).toBe(1);
    const jumps = depths.filter((depth, index) => depth - (depths[index - 1] ?? 0) > 1);
    expect(jumps).toEqual([]);
    expect(names.filter((name) => name === 'caption')).toHaveLength(names.filter((name) => name === 'table').length);
    for (const { name, attributes } of elements) {
      if (name === 'img') expect(attributes['alt']).not.toBe('');
      if (name === 'th') expect(['col', 'row']).toContain(attributes['scope']);
    }
  });

  it('marks the sentences of a model, each with what it cites', async () => {
    const narrative: Finding['narrative'] = {
      ...finding.narrative,
      summary: 'It is bad.',
      source: 'llm',
      model: 'm',
      citations: [{ claim: 'It is bad.', evidence: 'E2', source: 'NVD', text: 'CVSS' }],
    };
    const marked = await render(await exampleDocument([exampleFinding({ narrative })]));
    expect(marked).toContain('<abbr class="mark" title="AI">AI</abbr> It is bad.<sup class="cites">E2</sup>');
    expect(text).not.toContain('class="mark"');
  });

  it('speaks German where that is asked for, and says that prose is English', async () => {
    const german = await render(
      await exampleDocument([finding], { template: { ...DEFAULT_TEMPLATE, language: 'de' } }),
    );
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('Was ist in den nächsten sieben Tagen zu tun');
    expect(german).toContain('Englisch bleibt');
    expect(german).toContain('<p class="prose" lang="en">');
    expect(german).not.toContain('Executive summary');
  });
});
