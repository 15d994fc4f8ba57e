import { describe, expect, it } from 'vitest';
import { inContext, type Turn, toTurn } from './follow-up.ts';

const BEFORE = 'Who owns the payment gateway?';
const TURNS: readonly Turn[] = [{ question: BEFORE, answer: 'Ann.', subject: BEFORE }];

describe('a question after another', () => {
  it.each(['And since when?', 'What about its backups?', 'Who patches it?', 'Where?'])(
    'is about what was asked before: %s',
    (text) => expect(inContext(text, TURNS)).toMatchObject({ question: `${BEFORE} ${text}`, source: 'rules' }),
  );

  it('stands alone where it says what it is about, and at the beginning', () => {
    const question = 'How fast must internal servers be patched?';
    expect(inContext(question, TURNS)).toEqual({ question, terms: [], source: 'question' });
    expect(inContext('And since when?', []).question).toBe('And since when?');
  });

  it('is about what was asked first where the one before refers back, too', () => {
    const since = inContext('Since when?', TURNS);
    const turns = [...TURNS, toTurn('Since when?', '2025.', since, TURNS)];
    expect(inContext('And who approves changes?', turns).question).toBe(`${BEFORE} And who approves changes?`);
  });

  it('is about the latest that stands alone, also as a model has written it', () => {
    const alone = 'How long are backups of the reporting server kept?';
    const turns = [...TURNS, toTurn(alone, 'Ten days.', inContext(alone, TURNS), TURNS)];
    expect(inContext('Since when?', turns).question).toBe(`${alone} Since when?`);
    const written = toTurn(
      'Since when?',
      '2025.',
      { question: 'Since when is the gateway Ann’s?', terms: [], source: 'llm' },
      TURNS,
    );
    expect(written.subject).toBe('Since when is the gateway Ann’s?');
  });
});
