import { describe, expect, it } from 'vitest';
import { CVE, cveFacts, epss, found, kevEntry, nvdRecord, unavailable } from '../../test/support/cve-facts.ts';
import { REPORT_SETTINGS, reportHead } from '../../test/support/report-findings.ts';
import { SCORING_PARTS } from '../../test/support/scoring-parts.ts';
import { scoreFinding } from '../agents/scoring/score-findings.ts';
import type { Finding } from '../domain/assessment/finding-schema.ts';
import { Assessment } from '../domain/assessment/schema.ts';
import { bareSubject } from '../domain/finding/subject.ts';
import { renderMarkdown } from './markdown/render-markdown.ts';
import { renderJson, type Write } from './render-json.ts';
import { renderTable } from './render-table.ts';
import { epssWords, plainText } from './words.ts';

const HOSTILE =
  'Evil\u001b[31m <script>alert(1)</script> | [click](javascript:x) `code` https://evil.example www.evil.example a@evil.example \u202e\nnext line';

function toFinding(facts: Parameters<typeof cveFacts>[0], id: string): Finding {
  const narrative = {
    summary: HOSTILE,
    threat: '',
    remediation: '',
    businessImpact: '',
    source: 'rules',
    model: null,
    notes: [] as string[],
    citations: [],
  } as const;
  return {
    ...scoreFinding({ id, subject: bareSubject(CVE), facts: cveFacts(facts) }, '2026-03-01', SCORING_PARTS).finding,
    narrative: { ...narrative, citations: [] },
  };
}

const FINDINGS = [
  toFinding({ kev: found(kevEntry({ knownRansomwareCampaignUse: 'Known' })) }, 'a'),
  toFinding({ nvd: found(nvdRecord({ title: HOSTILE })), epss: unavailable }, 'b'),
];
const HEAD = reportHead({
  id: 'A1',
  createdAt: '2026-03-01T00:00:00Z',
  finishedAt: '2026-03-01T00:00:01Z',
  summary: {
    headline: 'two',
    text: 'Two.',
    source: 'rules',
    citations: [],
    counts: { Critical: 1, High: 1, Medium: 0, Low: 0 },
    actions: ['Do.'],
  },
  gaps: [{ cveId: 'CVE-2024-1000', source: 'epss', reason: HOSTILE }],
  warnings: [HOSTILE],
});

const ACCEPTED = {
  owner: 'ann',
  approver: 'bob',
  reason: 'r',
  acceptedAt: '2026-02-01T10:00:00.000Z',
  expiresAt: '2026-12-31T23:59:59.999Z',
};

it.each<[string, Partial<Finding>]>([
  [
    'accepted by ann, approved by bob on 2026-02-01, until 2026-12-31',
    { acceptance: { ...ACCEPTED, state: 'active' } },
  ],
  ['acceptance to review by ann, approved', { acceptance: { ...ACCEPTED, state: 'to_review' } }],
  [
    'not affected, says Ann: to review, said 2026-02-01',
    {
      vex: { status: 'not_affected', justification: null, detail: null, author: 'Ann', at: '2026-02-01T10:00:00.000Z' },
    },
  ],
])('a table tells who decided and when, also of what CISA lists: %s', async (words, over) => {
  const [finding] = FINDINGS;
  if (finding === undefined) throw new Error('no finding');
  let text = '';
  const findings = (async function* () {
    yield { ...finding, ...over };
  })();
  await renderTable(
    { head: HEAD, findings } as Parameters<typeof renderTable>[0],
    async (part) => {
      text += part;
    },
    false,
  );
  const column = text
    .split('\n')
    .map((line) => line.slice(27, 66).trim())
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  expect(column).toContain(words);
});

async function* stream(): AsyncGenerator<Finding> {
  yield* FINDINGS;
}

async function* streamJson(separator: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(FINDINGS.map((finding) => JSON.stringify(finding)).join(separator));
}

async function render(work: (write: Write) => Promise<void>): Promise<string> {
  let text = '';
  await work(async (more) => {
    text += more.toString();
  });
  return text;
}

describe('formats', () => {
  it('streams JSON that is the document of the schema, with and without findings', async () => {
    const text = await render((write) => renderJson({ head: HEAD, findings: streamJson }, write));
    expect(Assessment.parse(JSON.parse(text)).findings).toEqual(FINDINGS);
    const empty = await render((write) => renderJson({ head: HEAD, findings: async function* () {} }, write));
    expect(JSON.parse(empty).findings).toEqual([]);
  });

  it('keeps the table within 100 columns and free of what hostile text brings', async () => {
    const text = await render((write) => renderTable({ head: HEAD, findings: stream() }, write, false));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect(text).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
    expect(text).toContain('exploited since 2024-02-01, ransomware');
  });

  it('lets no markup of hostile text into Markdown', async () => {
    const text = await render(async (write) => renderMarkdown(HEAD, stream, write, await REPORT_SETTINGS.document()));
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('[click](');
    expect(text).not.toMatch(/https:\/\/evil|www\.evil|[^\\]@evil/);
    const tables = text.split('\n\n').filter((block) => block.startsWith('| '));
    expect(tables.join('').match(/CVE-2024-1000/g)?.length).toBeGreaterThan(2);
    for (const table of tables) {
      const [head, ...rows] = table
        .trimEnd()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(rows).toEqual(rows.map(() => head));
    }
    expect(text).toContain('not endorsed or certified by the NVD');
  });
});

describe('words', () => {
  it('never round EPSS to certainty or to nothing', () => {
    const words = (probability: number) => epssWords(toFinding({ epss: epss(probability) }, 'a'));
    expect([0.99999, 1, 0.5, 0.0004].map(words)).toEqual(['>99%', '100%', '50%', '<0.1%']);
  });

  it('cut text from outside to one bounded line', () => {
    expect(plainText(HOSTILE)).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(plainText('x'.repeat(1000), 10)).toHaveLength(10);
  });
});
