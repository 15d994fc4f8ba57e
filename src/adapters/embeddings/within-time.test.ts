import { describe, expect, it } from 'vitest';
import { createEmbedder } from '../../knowledge/create-embedder.ts';
import { createBundledModel } from './bundled-model.ts';
import { withinTime } from './within-time.ts';

const { signal } = new AbortController();
/** A runtime that hangs, whatever it is told. */
const hang = () => new Promise<number[][]>(() => undefined);
/** A timer of a signal keeps no process awake; one that waits for it does. */
const awake = async <Value>(work: Promise<Value>): Promise<Value> => {
  const timer = setInterval(() => undefined, 1000);
  return work.finally(() => clearInterval(timer));
};

describe('a model of this machine', () => {
  it('that never answers is told in one line', async () => {
    const embedder = createEmbedder(createBundledModel(hang, 1, 50));
    await expect(awake(embedder.embed(['Any text.'], signal))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: 'the embedding model energetic-ai/embeddings-en@0.2.0 cannot be used: no answer within 50 ms',
    });
  });

  it('gives what it answers in time', async () =>
    expect(await withinTime(async () => [[1, 0]], 1000, signal)).toEqual({ ok: true, value: [[1, 0]] }));

  it('is stopped by who asked, and its own failures stay what they are', async () => {
    const stopped = new AbortController();
    const work = awake(withinTime(hang, 60_000, stopped.signal));
    stopped.abort(new Error('stopped'));
    await expect(work).rejects.toThrow('stopped');
    const fail = () => Promise.reject(new Error('the thread ended'));
    await expect(withinTime(fail, 60_000, signal)).rejects.toThrow('the thread ended');
  });
});
