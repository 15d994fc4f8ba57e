import { describe, expect, it } from 'vitest';
import type { FoundPassage, KnowledgeIndex } from '../ports/knowledge-index.ts';
import { answerByQuoting, DECIDING, NOT_FOUND } from './answer.ts';
import { questionThings } from './question-words.ts';
import { retrieve } from './retrieve.ts';

const found = (id: string, text: string, over: Partial<FoundPassage> = {}): FoundPassage => ({
  ...{ id, ordinal: 0, page: null, section: null, text, ids: [], bm25: 1, similarity: null },
  document: { id, path: `/${id}`, title: id, type: 'text', pages: null, hash: '', date: null, fields: {} },
  ...over,
});
const { signal } = new AbortController();
const embedder = { model: 'none', dimensions: 1, language: null, embed: async () => [] };

async function ask(question: string, passages: readonly FoundPassage[], top = DECIDING) {
  const index = {
    state: async () => ({ model: null, dimensions: null, vectors: null, documents: 1, passages: passages.length }),
    search: async () => passages,
  } as unknown as KnowledgeIndex;
  return retrieve({ index, embedder, onTrouble: () => undefined }, question, { filters: [], top }, signal);
}

describe('what is found', () => {
  it('begins with the passages that name the host of the question, whatever other words they lack', async () => {
    const ranked = await ask('Who owns the payment server srv-1?', [
      found('many', 'Who owns a payment server is told by the owner of srv-150.', { bm25: 9 }),
      found('host', 'srv-1: Ann', { bm25: 1 }),
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(['host', 'many']);
    expect(ranked[0]?.why[0]).toBe('names srv-1');
  });

  it.each(['web01', 'dc1', 'fileserver2'])('begins with what names a host without parts: %s', async (host) => {
    const ranked = await ask(`Who owns the payment server ${host}?`, [
      found('many', `Who owns a payment server is told by the owner of ${host}0.`, { bm25: 9 }),
      found('host', `${host}: Ann`, { bm25: 1 }),
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(['host', 'many']);
    expect(ranked[0]?.why[0]).toBe(`names ${host}`);
  });

  it.each(['base64', 'sha256', 'rundll32', 'smb1'])('takes a term of the field for no host: %s', async (term) => {
    const ranked = await ask(`How is ${term} looked for on servers?`, [
      found('many', 'How it is looked for on servers.', { bm25: 9 }),
      found('term', `${term}: see elsewhere`, { bm25: 1 }),
    ]);
    expect(ranked[0]?.id).toBe('many');
  });

  it('takes for no host what many passages name', async () => {
    const ranked = await ask('How is rack42 looked for on servers?', [
      found('many', 'How it is looked for on servers.', { bm25: 9 }),
      ...Array.from({ length: 9 }, (_, place) => found(`rack${place}`, 'rack42: see elsewhere', { bm25: 1 })),
    ]);
    expect(ranked[0]?.id).toBe('many');
  });

  it('says why a passage comes first that names what stands below an id', async () => {
    const ranked = await ask('What do we do against T1003?', [
      found('other', 'What we do against much else.', { bm25: 9 }),
      found('below', 'LSASS is watched.', { ids: ['T1003.001'] }),
    ]);
    expect(ranked[0]?.why[0]).toBe('names T1003.001 (of T1003)');
  });

  it('is no answer where the thing that is asked for is in no document', async () => {
    const suppliers = [found('suppliers', 'Initech supplies the firewall.', { similarity: 0.7 })];
    const isFound = async (question: string) => answerByQuoting(question, await ask(question, suppliers)).found;
    expect(await isFound('Who supplies the firewall?')).toBe(true);
    expect(await isFound('Who supplies the firewalls?')).toBe(true);
    expect(await isFound('Who supplies the antivirus?')).toBe(false);
    expect(await isFound('Which company supplies our antivirus?')).toBe(false);
  });

  it('is no answer where what was found of a document lacks the rarest name in the question', async () => {
    const passages = [
      found('ssvc', 'It was first seen by an analyst. Vultur is not.'),
      found('report', 'Ryuk was seen in May.'),
    ];
    const isFound = async (question: string, ...those: FoundPassage[]) =>
      answerByQuoting(question, await ask(question, those)).answer;
    expect(await isFound('When was Ryuk first seen?', ...passages)).toBe('Ryuk was seen in May.');
    expect(await isFound('When was Ryuk first seen?', ...passages.slice(0, 1))).toBe(NOT_FOUND);
    const about = found('about', 'This is about Ryuk.', {
      document: passages[0]?.document as FoundPassage['document'],
    });
    expect(await isFound('When was Ryuk first seen?', ...passages.slice(0, 1), about)).toMatch(/^It was first seen/);
  });

  it('is an answer where only another document names the company', async () => {
    const passages = [
      found('owner', 'The payment gateway is owned by Vera Holt.'),
      found('about', 'Acmetec sells pumps.'),
    ];
    const question = 'Who owns the payment gateway at Acmetec?';
    expect(answerByQuoting(question, await ask(question, passages)).answer).toBe(passages[0]?.text);
  });

  it('decides by more passages than are shown', async () => {
    const passages = [
      found('near', 'Anything about incidents and much of it.', { bm25: 9 }),
      found('answer', 'The backup of the vault is kept for a year.', { bm25: 1 }),
    ];
    const question = 'How long is the backup of the vault kept?';
    const ranked = await ask(question, passages);
    for (const top of [1, 2]) {
      const answer = answerByQuoting(question, ranked, ranked.slice(0, top));
      expect([top, answer.found, answer.passages.length]).toEqual([top, true, top]);
    }
  });
});

describe('the things of a question', () => {
  it.each([
    ['Who supplies the antivirus?', ['antivirus']],
    ['Which antivirus product is installed on laptops?', ['product', 'laptops']],
    ['How often are backups tested?', []],
    ['Who owns the payment gateway pay-gw-01?', ['pay-gw-01']],
  ])('%s', (question, things) => expect([...questionThings(question)]).toEqual(things));
});
