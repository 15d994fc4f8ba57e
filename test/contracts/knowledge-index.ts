import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DocumentRecord, Passage } from '../../src/domain/knowledge/document.ts';
import type { Embedding } from '../../src/ports/embedder.ts';
import type { KnowledgeFilter, KnowledgeIndex, KnowledgeQuery } from '../../src/ports/knowledge-index.ts';

const MODEL = 'test/3';
const document = (id: string, over: Partial<DocumentRecord> = {}): DocumentRecord => ({
  id,
  path: `/docs/${id}`,
  title: id,
  type: 'markdown',
  pages: null,
  hash: `hash of ${id}`,
  date: null,
  fields: {},
  ...over,
});
const passage = (
  id: string,
  text: string,
  vector: readonly number[],
  over: Partial<Passage> = {},
): Passage & { embedding: Embedding } => ({
  id,
  ordinal: 0,
  page: null,
  section: null,
  text,
  ids: [],
  embedding: Float32Array.from(vector),
  ...over,
});
const one = (field: string, ...values: readonly string[]): KnowledgeFilter => ({ field, is: 'one', values });
const query = (over: Partial<KnowledgeQuery>): KnowledgeQuery => ({
  words: [],
  ids: [],
  embedding: null,
  filters: [],
  limit: 10,
  ...over,
});

/** What every index of the knowledge base does, whatever it is built on. */
export function describeKnowledgeIndex(open: () => Promise<{ index: KnowledgeIndex; close(): Promise<void> }>): void {
  let opened: Awaited<ReturnType<typeof open>>;
  let index: KnowledgeIndex;
  beforeAll(async () => {
    opened = await open();
    index = opened.index;
    const critical = { risk_level: 'Critical', system: 'payments' };
    await index.replaceDocument(
      document('policy', { fields: critical, date: '2026-01-02' }),
      [
        passage('p1', 'Servers are patched within two days.', [1, 0, 0], { page: 3, section: 'Patching' }),
        passage('p2', 'The host pay-gw-01 belongs to the platform team.', [0, 1, 0], { ordinal: 1 }),
      ],
      MODEL,
    );
    await index.replaceDocument(
      document('advisory', { type: 'pdf', pages: 2, fields: { risk_level: 'Low' } }),
      [passage('a1', 'Exploitation of CVE-2021-44228 by T1190.', [0, 0.6, 0.8], { ids: ['CVE-2021-44228', 'T1190'] })],
      MODEL,
    );
  });
  afterAll(() => opened.close());

  const find = async (over: Partial<KnowledgeQuery>) => {
    const found = await index.search(query(over));
    return found.map(({ id }) => id).sort();
  };

  it('counts what it holds and knows whose vectors they are', async () => {
    expect(await index.state()).toEqual({
      model: MODEL,
      dimensions: 3,
      vectors: index.place,
      documents: 2,
      passages: 3,
    });
    expect(await index.listDocuments()).toEqual([
      { id: 'advisory', path: '/docs/advisory', hash: 'hash of advisory' },
      { id: 'policy', path: '/docs/policy', hash: 'hash of policy' },
    ]);
  });

  it('finds by words in their forms, by names of several parts, by ids, and by meaning', async () => {
    expect(await find({ words: ['patch', 'server'] })).toEqual(['p1']);
    expect(await find({ words: ['pay-gw-01'] })).toEqual(['p2']);
    expect(await find({ words: ['"quoted" OR'] })).toEqual([]);
    expect(await find({ ids: ['T1190'] })).toEqual(['a1']);
    expect(await find({ embedding: Float32Array.from([1, 0, 0]), limit: 1 })).toEqual(['p1']);
  });

  it('tells of each passage where it stands and how well it fits', async () => {
    const [first] = await index.search(
      query({ words: ['patched'], embedding: Float32Array.from([1, 0, 0]), limit: 1 }),
    );
    expect(first).toMatchObject({
      id: 'p1',
      page: 3,
      section: 'Patching',
      document: { title: 'policy', type: 'markdown', date: '2026-01-02', fields: { system: 'payments' } },
      similarity: expect.closeTo(1, 5),
    });
    expect(first?.bm25).toBeGreaterThan(0);
    const [other] = await index.search(
      query({ words: ['platform'], embedding: Float32Array.from([0, 0, 1]), limit: 1 }),
    );
    expect(other).toBeDefined();
  });

  it('filters by fields, type and date, all together, and takes names and values as they are', async () => {
    const all = { embedding: Float32Array.from([0, 1, 0]) };
    const filter = (...pairs: readonly [string, string][]) => ({
      ...all,
      filters: pairs.map(([field, value]) => one(field, value)),
    });
    expect(await find(filter(['risk_level', 'critical']))).toEqual(['p1', 'p2']);
    expect(await find(filter(['type', 'pdf']))).toEqual(['a1']);
    expect(await find(filter(['date', '2026-01-02'], ['system', 'Payments']))).toEqual(['p1', 'p2']);
    expect(await find(filter(['risk_level', 'Critical'], ['type', 'pdf']))).toEqual([]);
    expect(await find({ words: ['patched', 'exploitation'], filters: [one('type', 'pdf')] })).toEqual(['a1']);
    expect(await find({ ids: ['T1190'], filters: [one('type', 'markdown')] })).toEqual([]);
    expect(await find({ ...all, filters: [one('risk_level', 'low', 'critical'), one('type', 'pdf', 'docx')] })).toEqual(
      ['a1'],
    );
    const day = (is: 'from' | 'to', value: string) => ({ ...all, filters: [{ field: 'date', is, values: [value] }] });
    expect(await find(day('from', '2026-01-02'))).toEqual(['p1', 'p2']);
    expect(await find(day('from', '2026-01-03'))).toEqual([]);
    expect(await find(day('to', '2026-01-02'))).toEqual(['p1', 'p2']);
    expect(await find(day('to', '2026-01-01'))).toEqual([]);
    for (const field of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      expect(await find(filter([field, 'x']))).toEqual([]);
    expect(await find(filter(["x') OR 1=1 --", 'y']))).toEqual([]);
    expect(await find(filter(['x".y', 'y']))).toEqual([]);
  });

  it('takes upper and lower case as the same in every alphabet', async () => {
    const all = { embedding: Float32Array.from([0, 0, 1]), words: ['guide'] };
    const fields = { place: 'ZÜRICH', owner: ['Ölaf', 'ÉMILE'], constructor: 'Ann' };
    await index.replaceDocument(
      document('umlauts', { fields, title: 'Übersicht' }),
      [passage('u1', 'A guide.', [0, 0, 1])],
      MODEL,
    );
    for (const filter of [
      one('place', 'zürich'),
      one('place', 'ZÜRICH'),
      one('place', 'Zürich'.normalize('NFD')),
      one('owner', 'ölaf'),
      one('owner', 'ÖLAF'),
      one('owner', 'émile'),
      one('title', 'ÜBERSICHT'),
      one('constructor', 'ann'),
    ])
      expect([filter, await find({ ...all, filters: [filter] })]).toEqual([filter, ['u1']]);
    expect(await find({ ...all, filters: [one('place', 'zurich')] })).toEqual([]);
    await index.removeDocuments(['umlauts']);
  });

  it('filters by each of several values, and by the ids that a document names or is said to have', async () => {
    const all = { embedding: Float32Array.from([0, 0, 1]), words: ['runbook', 'exploitation'] };
    const listed = document('runbook', {
      fields: { system: ['Pay', 'HR'], tags: ['a b', 'c'], technique: ['T1059.003'] },
    });
    const pages = [
      { at: 0, page: 4 },
      { at: 20, page: 5 },
    ];
    const first = passage('r1', 'The runbook of both.', [0, 0, 1], {
      page: 4,
      pages,
      ids: ['CVE-2020-0001', 'T1003.001'],
    });
    await index.replaceDocument(
      listed,
      [first, passage('r2', 'More of the runbook.', [0, 0, 1], { ordinal: 1 })],
      MODEL,
    );
    for (const filter of [
      one('system', 'pay'),
      one('system', 'hr'),
      one('tags', 'A B'),
      one('tags', 'none', 'c'),
      // Of a document, whichever passage names it; a technique also by what is below it.
      one('cve', 'cve-2020-0001'),
      one('technique', 'T1003'),
      one('technique', 'T1003.001'),
      one('technique', 'T1059.003'),
      one('technique', 'T1059'),
    ])
      expect([filter, await find({ ...all, filters: [filter] })]).toEqual([filter, ['r1', 'r2']]);
    for (const filter of [
      one('system', 'pay, hr'),
      one('system', 'p'),
      one('tags', 'a'),
      one('cve', 'CVE-2020-000'),
      one('technique', 'T1059.00'),
      one('technique', 'T100'),
    ])
      expect([filter, await find({ ...all, filters: [filter] })]).toEqual([filter, []]);
    expect(await find({ ...all, filters: [one('cve', 'CVE-2021-44228', 'CVE-2020-0001')] })).toEqual([
      'a1',
      'r1',
      'r2',
    ]);
    expect(await find({ ...all, filters: [one('cve', 'CVE-2021-44228'), one('technique', 't1190')] })).toEqual(['a1']);
    expect(await find({ ...all, filters: [one('cve', 'CVE-2021-44228'), one('system', 'pay')] })).toEqual([]);
    const near = await index.search(query({ ...all, filters: [one('cve', 'CVE-2020-0001')], limit: 1 }));
    expect(near.map(({ similarity }) => similarity)).toEqual(near.map(() => expect.closeTo(1, 5)));
    const held = await index.search(query({ words: ['both'] }));
    expect(held.map((found) => [found.pages, found.document.fields])).toEqual([[pages, listed.fields]]);
    await index.removeDocuments(['runbook']);
  });

  it('keeps what is given to a document by whoever takes it in, until it is removed', async () => {
    const given = { system: 'pay', tags: ['a', 'b'] };
    await index.replaceDocument(document('said', { given }), [passage('s1', 'Said.', [0, 0, 1])], MODEL);
    expect(await index.givenFields()).toEqual(new Map([['said', given]]));
    await index.replaceDocument(document('said'), [passage('s1', 'Said.', [0, 0, 1])], MODEL);
    expect(await index.givenFields()).toEqual(new Map());
    await index.replaceDocument(document('said', { given }), [passage('s1', 'Said.', [0, 0, 1])], MODEL);
    await index.removeDocuments(['said']);
    expect(await index.givenFields()).toEqual(new Map());
  });

  it('replaces a document whole, removes one, and refuses vectors of another model', async () => {
    await index.replaceDocument(document('extra'), [passage('e1', 'Old zebra text.', [0, 0, 1])], MODEL);
    await index.replaceDocument(document('extra'), [passage('e2', 'New giraffe text.', [0, 0, 1])], MODEL);
    expect(await find({ words: ['zebra', 'giraffe'] })).toEqual(['e2']);
    await expect(
      index.replaceDocument(document('extra'), [passage('e3', 'Text.', [1, 0, 0])], 'other/3'),
    ).rejects.toThrow(/is of the model test\/3/);
    await expect(index.replaceDocument(document('extra'), [passage('e3', 'Text.', [1, 0])], MODEL)).rejects.toThrow(
      /has vectors of 3 dimensions, and test\/3 now gives 2/,
    );
    expect(await find({ words: ['giraffe'] })).toEqual(['e2']);
    await index.removeDocuments(['extra']);
    expect(await find({ words: ['giraffe'] })).toEqual([]);
    expect(await index.state()).toMatchObject({ documents: 2, passages: 3 });
  });

  it('can be emptied, for another model', async () => {
    await index.replaceDocument(document('said', { given: { a: 'b' } }), [passage('s1', 'Said.', [0, 0, 1])], MODEL);
    await index.clear();
    expect(await index.givenFields()).toEqual(new Map([['said', { a: 'b' }]]));
    expect(await index.state()).toEqual({ model: null, dimensions: null, vectors: null, documents: 0, passages: 0 });
    await index.replaceDocument(document('new'), [passage('n1', 'Text of two.', [1, 0])], 'other/2');
    expect(await find({ embedding: Float32Array.from([1, 0]) })).toEqual(['n1']);
  });
}
