import { expect, it } from 'vitest';
import { renderAnswer } from './render-answer.ts';

const ANSWER = { answer: 'Ann owns it.', found: true, source: 'rules', citations: [], passages: [] } as const;

it('says whether a language model was asked for what is quoted', () => {
  expect(renderAnswer(ANSWER, false)).toContain('Quoted as it stands; no language model was asked.');
  expect(renderAnswer(ANSWER, true)).toContain('Quoted as it stands; a language model was asked, and no words of its');
  expect(renderAnswer(ANSWER, true)).not.toContain('no language model was asked');
  for (const asked of [true, false]) expect(renderAnswer({ ...ANSWER, source: 'llm' }, asked)).not.toContain('Quoted');
});
