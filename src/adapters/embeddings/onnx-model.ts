import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline as pipe } from 'node:stream/promises';
import { lastingFailure } from '../../domain/knowledge/embedding-failure.ts';
import { once } from '../../kernel/once.ts';
import { failure } from '../../kernel/result.ts';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import type { EmbeddingModel } from '../../ports/embedder.ts';
import { type Extractor, findTransformers, type Transformers } from './load-transformers.ts';
import { LOCAL_CALL_MS, withinTime } from './within-time.ts';

/** All texts of a call are as long as the longest, and the runtime uses all cores for one. */
const TEXTS_AT_ONCE = 16;
/** Where models keep their weights, the best first, and what the library calls that precision. */
const WEIGHTS = [
  { file: 'model.onnx', dtype: 'fp32' },
  { file: 'model_fp16.onnx', dtype: 'fp16' },
  { file: 'model_quantized.onnx', dtype: 'q8' },
] as const;
const SUBFOLDERS = ['onnx', ''] as const;

interface FoundWeights {
  readonly path: string;
  readonly dtype: string;
  readonly subfolder: string;
}

/**
 * A sentence embedding model of the user's own in a folder as model hubs have it (`config.json`, `tokenizer.json`, `onnx/model.onnx`): mean
 * pooling, no network. It is named by its folder's name and a hash of its files. `find` finds the library that runs it.
 * @throws RiskError `BAD_INPUT` where the folder holds no such model or the library is not installed
 */
export async function openOnnxModel(
  folder: string,
  find: () => () => Transformers = findTransformers,
): Promise<EmbeddingModel> {
  const weights = findWeights(folder);
  const load = find();
  const files = [join(folder, 'config.json'), join(folder, 'tokenizer.json'), weights.path];
  const open = once(() => openExtractor(load(), folder, weights));
  return {
    name: `onnx/${basename(folder)}@${await hashFiles(files)}`,
    language: null,
    textsAtOnce: TEXTS_AT_ONCE,
    callsAtOnce: 1,
    async run(texts, _purpose, signal) {
      signal.throwIfAborted();
      try {
        return await withinTime(async () => extract(await open(), texts), LOCAL_CALL_MS, signal);
      } catch (error) {
        signal.throwIfAborted();
        return failure(lastingFailure('bad_answer', messageOf(error)));
      }
    },
  };
}

async function extract(extractor: Extractor, texts: readonly string[]): Promise<number[][]> {
  const { dims, data } = await extractor([...texts], { pooling: 'mean', normalize: true });
  return rowsOf(dims.at(-1) ?? 0, data);
}

async function openExtractor(
  { env, pipeline }: Transformers,
  folder: string,
  { dtype, subfolder }: FoundWeights,
): Promise<Extractor> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(folder);
  return pipeline('feature-extraction', basename(folder), { local_files_only: true, dtype, subfolder });
}

function findWeights(folder: string): FoundWeights {
  if (!existsSync(folder)) throw noModel(folder, 'there is no such folder');
  for (const name of ['config.json', 'tokenizer.json'])
    if (!existsSync(join(folder, name))) throw noModel(folder, `it holds no ${name}`);
  for (const subfolder of SUBFOLDERS)
    for (const { file, dtype } of WEIGHTS) {
      const path = join(folder, subfolder, file);
      if (existsSync(path)) return { path, dtype, subfolder };
    }
  throw noModel(folder, 'it holds no onnx/model.onnx');
}

function noModel(folder: string, reason: string): RiskError {
  return new RiskError({
    code: 'BAD_INPUT',
    message: `ERAS_EMBEDDING_MODEL ${folder} is no model's folder: ${reason}`,
  });
}

/** Digits of a hash that tell models apart. */
const SHORT_HASH = 12;

async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await pipe(createReadStream(path), hash, { end: false });
  return hash.digest('hex').slice(0, SHORT_HASH);
}

function rowsOf(dimensions: number, data: ArrayLike<number>): number[][] {
  const values = Array.from(data);
  const rows: number[][] = [];
  for (let at = 0; at < values.length; at += dimensions) rows.push(values.slice(at, at + dimensions));
  return rows;
}
