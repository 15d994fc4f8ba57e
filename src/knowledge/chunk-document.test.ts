import { describe, expect, it } from 'vitest';
import type { Block } from '../domain/knowledge/document.ts';
import { chunkDocument } from './chunk-document.ts';

const countTokens = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
const LIMITS = { maxTokens: 40, overlapTokens: 10 };
const block = (kind: Block['kind'], text: string, over: Partial<Block> = {}): Block => ({
  kind,
  level: kind === 'heading' ? 1 : 0,
  text,
  page: null,
  ...over,
});
const words = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}${index}`).join(' ');
const chunk = (blocks: readonly Block[]) => chunkDocument('doc', { blocks }, countTokens, LIMITS);

describe('cutting a document', () => {
  it('puts each section under its headings, with the page that it begins on', () => {
    const passages = chunk([
      block('heading', 'Network', { page: 1 }),
      block('text', words(32, 'a'), { page: 1 }),
      block('heading', 'Firewalls', { level: 2, page: 2 }),
      block('text', words(32, 'b'), { page: 2 }),
      block('heading', 'Backup', { page: 3 }),
      block('text', words(32, 'c'), { page: 3 }),
    ]);
    expect(passages.map(({ section, page }) => [section, page])).toEqual([
      ['Network', 1],
      ['Network › Firewalls', 2],
      ['Backup', 3],
    ]);
  });

  it('knows where in a passage each page begins', () => {
    const [one, other] = chunk([
      block('text', words(10, 'a'), { page: 1 }),
      block('text', words(3, 'b'), { page: 1 }),
      block('text', words(12, 'c'), { page: 2 }),
      block('heading', 'Alone', { page: 3 }),
      block('text', words(5, 'd'), { page: 3 }),
    ]);
    const at = one?.text.indexOf('c0') ?? -1;
    expect([one?.page, one?.pages]).toEqual([
      1,
      [
        { at: 0, page: 1 },
        { at, page: 2 },
      ],
    ]);
    expect(other).toMatchObject({ page: 3 });
    expect(other?.pages).toBeUndefined();
  });

  it('puts no two sections into one passage, however short they are', () => {
    const passages = chunk([
      block('heading', 'Policies'),
      block('heading', 'Withdrawn', { level: 2 }),
      block('text', 'Remote access by Telnet is allowed.'),
      block('heading', 'In force', { level: 2 }),
      block('text', 'Remote access needs MFA.'),
    ]);
    expect(passages.map(({ section, text }) => [section, text])).toEqual([
      ['Policies › Withdrawn', 'Remote access by Telnet is allowed.'],
      ['Policies › In force', 'Remote access needs MFA.'],
    ]);
  });

  it('keeps every word, bounds every passage, and says the last sentence again', () => {
    const sentences = Array.from({ length: 30 }, (_, index) => `Sentence number ${index} is here to stay.`);
    const passages = chunk([block('text', sentences.join(' '))]);
    for (const { text } of passages) expect(countTokens(text)).toBeLessThanOrEqual(LIMITS.maxTokens);
    for (const sentence of sentences) expect(passages.some(({ text }) => text.includes(sentence))).toBe(true);
    const [first, second] = passages;
    const last = first?.text.match(/Sentence number \d+ is here to stay\.$/)?.[0];
    expect(second?.text.startsWith(last ?? 'none')).toBe(true);
  });

  it('keeps a table whole where it fits, and else repeats its header', () => {
    const small = chunk([block('table', 'host | owner\nweb | Ann\ndb | Bob')]);
    expect(small.map(({ text }) => text)).toEqual(['host | owner\nweb | Ann\ndb | Bob']);
    const rows = Array.from({ length: 30 }, (_, index) => `host${index} | owner${index}`);
    const large = chunk([block('table', ['host | owner', ...rows].join('\n'))]);
    expect(large.length).toBeGreaterThan(1);
    for (const { text } of large) expect(text.startsWith('host | owner\n')).toBe(true);
    for (const row of rows)
      expect(large.filter(({ text }) => text.includes(`${row}\n`) || text.endsWith(row))).toHaveLength(1);
  });

  it('gives each cell of a table the name of its column, also where the table is cut, and leaves empty ones out', () => {
    const header = 'Risk | Owner | Accepted until: | Approver';
    const small = chunk([
      block('table', `Risks of 2026\n${header}\nR-1 | Ole | 2026-09-30 | Dr. Voss\nR-2 |  |  | Ann`, {
        isHeaded: true,
      }),
    ]);
    expect(small.map(({ text }) => text)).toEqual([
      'Risks of 2026\nRisk: R-1 | Owner: Ole | Accepted until: 2026-09-30 | Approver: Dr. Voss\nRisk: R-2 | Approver: Ann',
    ]);
    const rows = Array.from({ length: 30 }, (_, index) => `host${index} | owner${index}`);
    const large = chunk([block('table', ['host | owner', ...rows].join('\n'), { isHeaded: true })]);
    expect(large.length).toBeGreaterThan(1);
    expect(large.flatMap(({ text }) => text.split('\n'))).toEqual(
      rows.map((_, index) => `host: host${index} | owner: owner${index}`),
    );
    const wide = Array.from({ length: 60 }, (_, index) => `v${index}`).join(' | ');
    const long = chunk([block('table', `${wide.replaceAll('v', 'c')}\n${wide}`, { isHeaded: true })]);
    expect(long.flatMap(({ text }) => text.split(' | '))).toEqual(
      Array.from({ length: 60 }, (_, at) => `c${at}: v${at}`),
    );
  });

  it('says a header once that is longer than a passage', () => {
    const header = Array.from({ length: 20_000 }, (_, index) => `column${index}`).join(' | ');
    const passages = chunk([block('table', `${header}\nvalue1 | value2`)]);
    for (const { text } of passages) expect(countTokens(text)).toBeLessThanOrEqual(LIMITS.maxTokens);
    expect(passages.filter(({ text }) => /\bcolumn77\b/.test(text))).toHaveLength(1);
    expect(passages.some(({ text }) => text.includes('value1'))).toBe(true);
  });

  it('gives the same ids for the same document, others for another, and names what it speaks of', () => {
    const blocks = [block('text', 'Mitigate cve-2021-44228 and T1190 (CWE-502) soon.')];
    expect(chunk(blocks)).toEqual(chunk(blocks));
    expect(chunkDocument('other', { blocks }, countTokens)[0]?.id).not.toBe(chunk(blocks)[0]?.id);
    expect(chunk(blocks)[0]?.ids).toEqual(['CVE-2021-44228', 'T1190', 'CWE-502']);
  });

  it('cuts what has nowhere to be cut', () => {
    const passages = chunkDocument(
      'doc',
      { blocks: [block('text', 'x'.repeat(5000))] },
      (text) => text.length / 2,
      LIMITS,
    );
    expect(
      passages
        .map(({ text }) => text)
        .join('')
        .replaceAll('\n', '')
        .replaceAll(' ', ''),
    ).toBe('x'.repeat(5000));
    for (const { text } of passages) expect(text.length / 2).toBeLessThanOrEqual(LIMITS.maxTokens + 1);
  });
});
