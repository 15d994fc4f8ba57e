import { describe, expect, it } from 'vitest';
import { quotePassage } from './quote-passage.ts';

const first = 'The inventory of hosts is kept by operations.';
const second = 'Backups of the payment gateway are kept for ninety days.';
const third = 'All are tested every quarter by the payment team.';
const passage = {
  text: [first, second, third].join('\n'),
  page: 3,
  pages: [
    { at: 0, page: 3 },
    { at: first.length + 1, page: 4 },
    { at: first.length + second.length + 2, page: 5 },
  ],
};

describe('a quote', () => {
  it('stands on the page of its sentence, and not on that of the passage', () => {
    expect(quotePassage(passage, ['backups', 'gateway', 'days'], 600)).toEqual({
      quotes: [{ text: second, page: 4 }],
      page: 4,
      text: second,
    });
    expect(quotePassage(passage, ['inventory'], 600)).toEqual({
      quotes: [{ text: first, page: 3 }],
      page: 3,
      text: first,
    });
  });

  it('is one for each page that it stands on, in the order of the text', () => {
    expect(quotePassage(passage, ['payment', 'backups', 'tested', 'quarter'], 600)).toEqual({
      quotes: [
        { text: second, page: 4 },
        { text: third, page: 5 },
      ],
      page: 5,
      text: `${second} ${third}`,
    });
  });

  it('is on the page of most of the passage where no sentence has a word of it', () => {
    expect(quotePassage(passage, ['zebra'], 600).page).toBe(3);
    expect(quotePassage({ text: first, page: 7 }, ['inventory'], 600)).toEqual({
      quotes: [{ text: first, page: 7 }],
      page: 7,
      text: first,
    });
  });

  it('is no longer than it may be', () => {
    const { quotes } = quotePassage(passage, ['payment', 'backups', 'tested', 'quarter'], 70);
    expect(quotes.map(({ text }) => text.length).reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(70);
    expect(quotes.at(-1)?.text).toMatch(/…$/);
  });

  const withAsides = [
    'Page 3 of 12',
    'Incidents are told to the owner of the payment gateway.',
    'For questions on the payment gateway and its owner, contact soc@example.com or +49 30 1234567.',
    'central@example.com.',
  ].join('\n');

  it('is no number of a page, and nobody to contact unless that is what was asked', () => {
    const said = 'Incidents are told to the owner of the payment gateway.';
    const quoted = (...words: string[]) =>
      quotePassage({ text: withAsides, page: 1 }, words, 600).quotes.map(({ text }) => text);
    expect(quoted('owner', 'payment', 'gateway')).toEqual([said]);
    expect(quoted('contact', 'payment', 'gateway').join()).toContain('soc@example.com');
    expect(quoted('questions').join()).toContain('soc@example.com');
    expect(quotePassage({ text: 'Page 3 of 12', page: 1 }, ['page'], 600).quotes[0]?.text).toBe('Page 3 of 12');
  });

  it('is a whole sentence where a page ends within it, and stands on both pages', () => {
    const [start, end] = [
      'Backups are kept. The owner of the vault is Ann Example, who',
      'reports to the board. The vault is new.',
    ];
    const pages = [
      { at: 0, page: 3 },
      { at: start.length + 1, page: 4 },
    ];
    const over = { text: `${start}\n${end}`, page: 3, pages };
    expect(quotePassage(over, ['owner', 'vault'], 600)).toEqual({
      quotes: [{ text: 'The owner of the vault is Ann Example, who reports to the board.', page: 3, through: 4 }],
      page: 3,
      text: 'The owner of the vault is Ann Example, who reports to the board.',
    });
    expect(quotePassage(over, ['new'], 600).quotes).toEqual([{ text: 'The vault is new.', page: 4 }]);
    const rows = { ...over, text: `${start.replace('is Ann', '|  Ann')}\n${end}` };
    expect(quotePassage(rows, ['board'], 600).quotes).toEqual([{ text: 'reports to the board.', page: 4 }]);
  });

  const textOf = (text: string, ...words: string[]) => quotePassage({ text, page: null }, words, 600).text;

  it('goes on with sentences that refer back to it, or take up the number of its finding', () => {
    const bucket =
      'Two hosts were tested. The bucket nw-invoices-3 was publicly readable. It was closed on 2026-04-11 by Anneke Vos. Nothing else was found.';
    expect(textOf(bucket, 'closed', 'bucket', 'nw-invoices-3')).toBe(
      'The bucket nw-invoices-3 was publicly readable. It was closed on 2026-04-11 by Anneke Vos.',
    );
    const report =
      'F-01 MOVEit on mft-03 was vulnerable to SQL injection.\nF-02 The host hr-web-05 is open.\n3. RETEST\nF-01 was fixed on 2025-12-19. F-02 was not fixed. It is open.';
    expect(textOf(report, 'sql', 'injection', 'mft-03')).toBe(
      'F-01 MOVEit on mft-03 was vulnerable to SQL injection. … F-01 was fixed on 2025-12-19.',
    );
    const many = `The vault is new. ${'It is large. '.repeat(9)}`;
    expect(textOf(many, 'vault')).toBe('The vault is new. It is large. It is large.');
  });

  it('has an ellipsis only where text is left out', () => {
    const text = 'Servers are patched. Backups are kept. Laptops are encrypted. Visitors sign a list.';
    expect(textOf(text, 'servers', 'backups')).toBe('Servers are patched. Backups are kept.');
    expect(textOf(text, 'servers', 'laptops')).toBe('Servers are patched. … Laptops are encrypted.');
    expect(textOf('a: 1 | b: x\na: 2 | b: x\na: 3 | b: y', 'x')).toBe('a: 1 | b: x\na: 2 | b: x');
  });

  it('goes on behind abbreviations and ordinals, and never ends within a row', () => {
    const quoted = (text: string, ...words: string[]) =>
      quotePassage({ text, page: null }, words, 600).quotes.map((quote) => quote.text);
    const german = 'Die Frist läuft am 31. März 2027 um 24 Uhr ab.';
    expect(quoted(`Es gilt dies. ${german} Das ist alles.`, 'frist')).toEqual([german]);
    const row = 'Risk: RA-2 | Approver: Dr. Karin Voss | Reason: It is shielded. It is old.';
    expect(quoted(`Risk: RA-1 | Owner: Ann\n${row}\nRisk: RA-3 | Owner: Bob`, 'ra-2')).toEqual([row]);
  });

  it('is what speaks of the question also where the passage is short', () => {
    const table = 'host | owner\nweb-01 | Ann\nweb-02 | Bob\nweb-03 | Cid';
    expect(quotePassage({ text: table, page: null }, ['web-02', 'owner'], 600).quotes).toEqual([
      { text: 'web-02 | Bob', page: null },
    ]);
    const text = 'Backups are kept for a year. Laptops are encrypted. Visitors sign a list.';
    expect(quotePassage({ text, page: 2 }, ['laptops'], 600).quotes).toEqual([
      { text: 'Laptops are encrypted.', page: 2 },
    ]);
    const two = 'The gateway is pay-gw-01. Ann owns it.';
    expect(quotePassage({ text: two, page: 2 }, ['gateway'], 600).quotes).toEqual([{ text: two, page: 2 }]);
  });
});
