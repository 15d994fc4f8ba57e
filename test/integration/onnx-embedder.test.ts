import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transformers } from '../../src/adapters/embeddings/load-transformers.ts';
import { openOnnxModel } from '../../src/adapters/embeddings/onnx-model.ts';
import { createEmbedder } from '../../src/knowledge/create-embedder.ts';
import { writeOnnxModel } from '../support/onnx-model.ts';
import { runEras } from '../support/run-eras.ts';
import { hasTransformers, SERVICES_PACKAGES } from '../support/services.ts';

const { signal } = new AbortController();
/** Two meanings, and words of each that do not look alike. */
const VECTORS = {
  payment: [1, 0, 0.1],
  gateway: [0.9, 0.1, 0],
  checkout: [1, 0.05, 0.1],
  lunch: [0, 1, 0.1],
  cafeteria: [0.05, 1, 0],
  is: [0.2, 0.2, 0.2],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eras-onnx-'));
  writeOnnxModel(join(folder, 'tiny'), VECTORS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder that is no model', () => {
  const none = () => () => {
    throw new Error('not loaded');
  };

  it.each([
    ['', 'there is no such folder'],
    ['config.json', 'it holds no tokenizer.json'],
    ['config.json tokenizer.json', 'it holds no onnx/model.onnx'],
  ])('with “%s” is refused: %s', async (names, reason) => {
    const path = join(folder, `with ${names}`);
    if (names !== '') mkdirSync(path);
    for (const name of names.split(' ').filter(Boolean)) writeFileSync(join(path, name), '{}');
    await expect(openOnnxModel(path, none)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(new RegExp(`^ERAS_EMBEDDING_MODEL .* is no model's folder: ${reason}$`)),
    });
  });

  it('is told before the library is looked for; without the library, how to install it is', async () => {
    await expect(openOnnxModel(join(folder, 'tiny'))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/npm install @huggingface\/transformers@\d+\.\d+\.\d+$/),
    });
  });

  it('and one whose library or weights are broken gives a line and no vectors', async () => {
    const embedder = createEmbedder(await openOnnxModel(join(folder, 'tiny'), none));
    await expect(embedder.embed(['text'], signal)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      message: expect.stringContaining('not loaded'),
    });
  });
});

describe.skipIf(!hasTransformers())('with the real library (@huggingface/transformers)', () => {
  const find = () => () =>
    createRequire(join(SERVICES_PACKAGES, 'any.js'))('@huggingface/transformers') as Transformers;

  it('a model gives the means of its tokens, of length 1, whatever else is in the batch', async () => {
    const embedder = createEmbedder(await openOnnxModel(join(folder, 'tiny'), find));
    expect(embedder.model).toMatch(/^onnx\/tiny@[0-9a-f]{12}$/);
    const texts = ['Payment gateway', 'lunch', ...Array.from({ length: 20 }, () => 'the checkout is payment')];
    const found = await embedder.embed(texts, signal);
    const mean = [0, 1, 2].map((place) => {
      const values = [0.01, VECTORS.payment[place] ?? 0, VECTORS.gateway[place] ?? 0, 0.01];
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
    expect([...(found[0] ?? [])]).toEqual(mean.map((value) => expect.closeTo(value / Math.hypot(...mean), 5)));
    const [alone] = await embedder.embed(['Payment gateway'], signal);
    expect([...(alone ?? [])]).toEqual([...(found[0] ?? [])].map((value) => expect.closeTo(value, 5)));
    for (const vector of found) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it('another model has another name, the same one in another place has not', async () => {
    writeOnnxModel(join(folder, 'moved/tiny'), VECTORS);
    writeOnnxModel(join(folder, 'other/tiny'), { ...VECTORS, lunch: [0, 0, 1] });
    const nameOf = async (path: string) => (await openOnnxModel(join(folder, path), find)).name;
    expect(await nameOf('moved/tiny')).toBe(await nameOf('tiny'));
    expect(await nameOf('other/tiny')).not.toBe(await nameOf('tiny'));
  });

  it('weights that are none give a line and no vectors', async () => {
    writeOnnxModel(join(folder, 'broken'), VECTORS);
    writeFileSync(join(folder, 'broken/onnx/model.onnx'), 'no protocol buffer');
    const embedder = createEmbedder(await openOnnxModel(join(folder, 'broken'), find));
    await expect(embedder.embed(['text'], signal)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('the command takes in and answers by meaning, offline', async () => {
    const docs = join(folder, 'docs');
    mkdirSync(docs);
    writeFileSync(join(docs, 'pay.md'), 'The payment gateway is with the platform team.');
    writeFileSync(join(docs, 'food.md'), 'The cafeteria is with the kitchen.');
    const env = {
      ERAS_HOME: join(folder, 'home'),
      ERAS_OFFLINE: '1',
      ERAS_EMBEDDER: 'onnx',
      ERAS_EMBEDDING_MODEL: join(folder, 'tiny'),
      NODE_PATH: SERVICES_PACKAGES,
    };
    expect(await runEras(['ingest', docs], env)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^2 read/) });
    const asked = await runEras(['ask', 'checkout', '--format', 'json'], env);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    const [first] = JSON.parse(asked.stdout).passages;
    expect(first).toMatchObject({ title: 'pay.md', why: [expect.stringMatching(/^meaning 0\.9/)] });
    const { NODE_PATH: _, ...without } = env;
    expect(await runEras(['ask', 'checkout'], without)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^eras: ERAS_EMBEDDER is onnx, but .*npm install @huggingface\/transformers@.*\n$/),
    });
  });
});
