import { describe, expect, it } from 'vitest';
import { lastingFailure } from '../domain/knowledge/embedding-failure.ts';
import { failure, success } from '../kernel/result.ts';
import type { EmbeddingModel } from '../ports/embedder.ts';
import { createEmbedder } from './create-embedder.ts';

const { signal } = new AbortController();
const model = (run: EmbeddingModel['run'], over: Partial<EmbeddingModel> = {}): EmbeddingModel => ({
  name: 'test/model',
  language: null,
  textsAtOnce: 3,
  callsAtOnce: 2,
  run,
  ...over,
});

describe('an embedder', () => {
  it('asks for texts of about the same length together, some calls at a time, and gives vectors of length 1 in the order of the texts', async () => {
    const asked: (readonly string[])[] = [];
    let [busy, most] = [0, 0];
    const embedder = createEmbedder(
      model(async (texts) => {
        asked.push(texts);
        busy += 1;
        most = Math.max(most, busy);
        await new Promise((resolve) => setTimeout(resolve, 5));
        busy -= 1;
        return success(texts.map((text) => [3 * text.length, 4 * text.length]));
      }),
    );
    const texts = ['aaaaaaaa', 'b', 'ccccccc', 'dd', 'eeeeee', 'fff', 'g'];
    const found = await embedder.embed(texts, signal);
    expect(asked).toEqual([['b', 'g', 'dd'], ['fff', 'eeeeee', 'ccccccc'], ['aaaaaaaa']]);
    expect(most).toBe(2);
    expect(found.map((vector) => [...vector])).toEqual(
      texts.map(() => [expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]),
    );
    expect(await embedder.embed([], signal)).toEqual([]);
  });

  it.each([
    ['NaN', [[Number.NaN, 1]], /points nowhere/],
    ['infinity', [[Number.POSITIVE_INFINITY, 1]], /points nowhere/],
    ['zeros', [[0, 0]], /points nowhere/],
    ['nothing', [[]], /points nowhere/],
    ['too few', [], /0 vectors came for 1 texts/],
    ['too many', [[1], [1]], /2 vectors came for 1 texts/],
  ])('takes %s for no vectors', async (_what, vectors, reason) => {
    const embedder = createEmbedder(model(async () => success(vectors)));
    await expect(embedder.embed(['text'], signal)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: expect.stringMatching(reason),
    });
  });

  it('tells a model that cannot be had from one that refuses the texts', async () => {
    for (const [isOfTexts, code] of [
      [false, 'SOURCE_UNAVAILABLE'],
      [true, 'BAD_INPUT'],
    ] as const) {
      const embedder = createEmbedder(
        model(async () => failure({ ...lastingFailure('rejected', 'HTTP 4xx'), isOfTexts })),
      );
      await expect(embedder.embed(['text'], signal)).rejects.toMatchObject({ code });
    }
  });

  it('asks nothing more once nobody wants to know', async () => {
    const controller = new AbortController();
    let calls = 0;
    const embedder = createEmbedder(
      model(
        async (texts) => {
          calls += 1;
          controller.abort(new Error('stopped'));
          return success(texts.map(() => [1]));
        },
        { callsAtOnce: 1 },
      ),
    );
    await expect(embedder.embed(['a', 'b', 'c', 'd', 'e'], controller.signal)).rejects.toThrow('stopped');
    expect(calls).toBe(1);
  });
});
