import { describe, expect, it } from 'vitest';
import { answerByQuoting, NOT_FOUND } from './answer.ts';
import type { RankedPassage } from './retrieve.ts';

const passage = (title: string, text: string, score: number): RankedPassage => ({
  ...{ id: title, ordinal: 0, page: null, section: null, text, ids: [], bm25: 1, similarity: null, score, why: [] },
  document: {
    ...{ id: title, path: `/docs/${title}`, title, type: 'text', pages: null, hash: '', date: null, fields: {} },
  },
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

  it('answers no question that asks nothing', () => {
    expect(answerByQuoting('?!', [passage('Any', 'Any text.', 0.5)])).toMatchObject({
      answer: NOT_FOUND,
      found: false,
    });
  });
});
