import { describe, expect, it } from 'vitest';
import { answerByQuoting, cite, NOT_FOUND } from './answer.ts';
import { findIdsIn } from './find-ids-in.ts';
import type { RankedPassage } from './retrieve.ts';

const passage = (title: string, text: string, score: number, over: Partial<RankedPassage> = {}): RankedPassage => ({
  ...{
    id: title,
    ordinal: 0,
    page: null,
    section: null,
    text,
    ids: findIdsIn(text),
    bm25: 1,
    similarity: null,
    score,
    share: 1,
    why: [],
  },
  document: {
    ...{ id: title, path: `/docs/${title}`, title, type: 'text', pages: null, hash: '', date: null, fields: {} },
  },
  ...over,
});

describe('an answer by quoting', () => {
  it('quotes the text that says it before one of which only the title fits', () => {
    const ranked = [
      passage('Pentest of the payment gateway', 'Severity: low. Accepted by the owner.', 0.9),
      passage('Assets', 'pay-gw-01 is the payment gateway, and Marcus Lindt owns it.', 0.5),
    ];
    const { answer, citations } = answerByQuoting('Who owns the payment gateway?', ranked);
    expect(answer).toBe('pay-gw-01 is the payment gateway, and Marcus Lindt owns it.');
    expect(citations.map(({ title }) => title)).toEqual(['Assets']);
  });

  it('prefers the passage that has the name with digits', () => {
    const ranked = [
      passage('Firewall', 'The firewall is running FortiOS; its os is patched.', 0.9),
      passage('Assets', 'hr-db-01 (os): Windows Server 2019', 0.5),
    ];
    expect(answerByQuoting('What OS does hr-db-01 run?', ranked).answer).toMatch(/^hr-db-01/);
  });

  it.each([
    ['What about CVE-2021-4422?', 'CVE-2021-44228 was patched.'],
    ['What do we do against T119?', 'T1190 is watched.'],
    ['What about T1003.001?', 'T1003.002 is watched.'],
    ['Who owns srv-1?', 'srv-150 is owned by Ann.'],
    ['How much did the incident in 2022 cost?', 'The incident of CVE-2022-0001 cost much.'],
  ])('answers nothing about another thing: %s', (question, text) => {
    const ranked = [passage('Any', text, 0.9, { similarity: 0.9 })];
    expect(answerByQuoting(question, ranked)).toMatchObject({ answer: NOT_FOUND, found: false });
  });

  it.each([
    ['What do we do against T1003?', 'T1003.001 is watched.'],
    ['What about cve-2021-44228?', 'CVE-2021-44228 was patched.'],
  ])('answers about what is named: %s', (question, text) =>
    expect(answerByQuoting(question, [passage('Any', text, 0.9)]).answer).toBe(text),
  );

  it('answers nothing where a passage has less than half of the words by weight, and no nearness', () => {
    const ranked = [passage('Any', 'The help of a number of people.', 0.9, { share: 0.49, similarity: 0.5 })];
    expect(answerByQuoting('What is the phone number of the help desk?', ranked).found).toBe(false);
  });

  it('cites the page on which the quoted sentence stands, also for what a model says', () => {
    const [one, two] = ['Servers are patched within two days.', 'Backups are kept for ninety days.'];
    const pages = [
      { at: 0, page: 1 },
      { at: one.length + 1, page: 2 },
    ];
    const spread = passage('Policy', `${one}\n${two}`, 0.9, { page: 1, pages });
    const { answer, citations, passages } = answerByQuoting('How long are backups kept?', [spread]);
    expect([answer, citations.map(({ page, claim }) => [page, claim])]).toEqual([two, [[2, two]]]);
    expect(passages[0]?.page).toBe(2);
    expect(cite('Backups stay for ninety days.', spread).map(({ page }) => page)).toEqual([2]);
    expect(cite('A server is patched in two days.', spread).map(({ page }) => page)).toEqual([1]);
    const both = answerByQuoting('Are servers patched within days, and backups kept?', [spread]);
    expect(both.answer).toBe(`${one} ${two}`);
    expect(both.citations.map(({ page, claim }) => [page, claim]).sort()).toEqual([
      [1, one],
      [2, two],
    ]);
  });

  it('quotes the row that names the host', () => {
    const rows = Array.from({ length: 100 }, (_, place) => `host${place} | Owner ${place} | owner of a host`);
    const { answer } = answerByQuoting('Who is the owner of host57?', [
      passage('Hosts', ['host | owner | note', ...rows].join('\n'), 0.9),
    ]);
    expect(answer).toBe('host57 | Owner 57 | owner of a host');
  });

  it('quotes once what stands in two documents word for word', () => {
    const ranked = [
      passage('guide.pdf', 'Backups are kept\nfor ninety days.', 0.9),
      passage('guide.docx', 'Backups are kept for ninety days.', 0.8),
      passage('note', 'Backups are kept in the vault for ninety days.', 0.7),
    ];
    const { citations } = answerByQuoting('How many days are backups kept?', ranked);
    expect(citations.map(({ title }) => title)).toEqual(['guide.pdf', 'note']);
  });

  it('answers no question that asks nothing', () => {
    expect(answerByQuoting('?!', [passage('Any', 'Any text.', 0.5, { share: 0 })])).toMatchObject({
      answer: NOT_FOUND,
      found: false,
    });
  });
});
