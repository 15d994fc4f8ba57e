import { describe, expect, it } from 'vitest';
import { inContext } from './follow-up.ts';

const BEFORE = 'Who owns the payment gateway?';

describe('a question after another', () => {
  it.each(['And since when?', 'What about its backups?', 'Who patches it?', 'Where?'])(
    'is about what was asked before: %s',
    (text) => expect(inContext(text, BEFORE)).toMatchObject({ question: `${BEFORE} ${text}`, source: 'rules' }),
  );

  it('stands alone where it says what it is about, and at the beginning', () => {
    const question = 'How fast must internal servers be patched?';
    expect(inContext(question, BEFORE)).toEqual({ question, terms: [], source: 'question' });
    expect(inContext('And since when?', null).question).toBe('And since when?');
  });
});
