import { expect, it } from 'vitest';
import type { AgentEvent } from '../../domain/assessment/events.ts';
import { createTold } from './told.ts';

function createFixture() {
  const texts: string[] = [];
  const told = createTold((event: AgentEvent) => {
    if (event.type === 'narrative-delta') texts.push(event.text);
  });
  const target = { key: 'F1', cveId: 'CVE-2024-1000', field: 'summary' } as const;
  const call = { model: 'test' };
  const tell = (text: string, by = call) => told.sentence(target, by, { text, evidence: ['E1'] }, text);
  return { told, target, texts, tell };
}

it('what is told makes up the final text to the letter', () => {
  const { told, target, texts, tell } = createFixture();
  tell('One.');
  tell('Two.');
  told.finish(target, 'One. Two. Three.');
  expect(texts.join('')).toBe('One. Two. Three.');
});

it('a text that nobody streamed is told whole, and empty ones not at all', () => {
  const { told, target, texts } = createFixture();
  told.finish(target, 'By rules.');
  told.finish({ ...target, field: 'threat' }, '');
  expect(texts).toEqual(['By rules.']);
});

it('what did not hold in the end is taken back', () => {
  const { told, target, texts, tell } = createFixture();
  tell('One.');
  told.finish(target, 'Another.');
  expect(texts.join('')).toBe('One. […] Another.');
});

it('of a call that was made again the reader sees nothing twice', () => {
  const { told, target, texts, tell } = createFixture();
  tell('One.');
  tell('One.', { model: 'other' });
  tell('Another.', { model: 'other' });
  tell('Two.');
  expect(told.shownOf(target)?.sentences.map(({ text }) => text)).toEqual(['One.', 'Two.']);
  told.finish(target, 'One. Two.');
  expect(texts.join('')).toBe('One. Two.');
});
