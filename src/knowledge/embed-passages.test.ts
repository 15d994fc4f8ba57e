import { expect, it } from 'vitest';
import type { Passage } from '../domain/knowledge/document.ts';
import type { Embedding } from '../ports/embedder.ts';
import { embedPassages } from './embed-passages.ts';

const passages = Array.from({ length: 100 }, (_, ordinal): Passage => {
  const text = `${'word '.repeat((7 * ordinal) % 13)}${ordinal}`;
  return { id: `${ordinal}`, ordinal, page: null, section: null, text, ids: [] };
});

/** A cache, and a model that fails with the text after the last that it may embed. */
function createParts(most: number, togetherAtMost?: number) {
  const kept = new Map<string, Embedding>();
  let left = most;
  const embedder = {
    ...{ model: 'm', language: null },
    ...(togetherAtMost === undefined ? {} : { togetherAtMost }),
    async embed(texts: readonly string[]) {
      left -= texts.length;
      if (left < 0) throw new Error('killed');
      return texts.map((text) => Float32Array.of(text.length, Number(text.split(' ').at(-1))));
    },
  };
  const cache = {
    find: (_: string, texts: readonly string[]) => new Map([...kept].filter(([text]) => texts.includes(text))),
    save: (_: string, entries: readonly { text: string; embedding: Embedding }[]) => {
      for (const { text, embedding } of entries) kept.set(text, embedding);
    },
    stats: () => ({ entries: kept.size, bytes: 0 }),
    clear: () => kept.clear(),
  };
  return { embedder, cache, kept };
}
const { signal } = new AbortController();

it('vectors are kept as they come, so that a run that is killed has done something', async () => {
  const parts = createParts(50);
  await expect(embedPassages(parts, passages, signal)).rejects.toThrow('killed');
  expect(parts.kept.size).toBe(48);
  const again = createParts(52);
  for (const [text, embedding] of parts.kept) again.kept.set(text, embedding);
  const embedded = await embedPassages(again, passages, signal);
  const numbers = embedded.ok ? embedded.value.map((vector) => vector[1]) : [];
  expect(numbers).toEqual(passages.map(({ ordinal }) => ordinal));
});

it('no fewer are asked for than a model takes together', async () => {
  const parts = createParts(70, 64);
  await expect(embedPassages(parts, passages, signal)).rejects.toThrow('killed');
  expect(parts.kept.size).toBe(64);
});
