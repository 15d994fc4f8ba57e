import { resolve } from 'node:path';
import { RiskError } from '../kernel/risk-error.ts';
import { endpointOf } from './language-model-config.ts';
import { bad, type Read, readMilliseconds } from './read-setting.ts';
import type { Secret } from './secret.ts';

/** Whose embeddings the knowledge base has. */
export type EmbedderConfig =
  | { readonly provider: 'bundled' }
  /** A folder with a model that the user brought. */
  | { readonly provider: 'onnx'; readonly folder: string }
  | {
      readonly provider: 'openai' | 'bedrock';
      /** As the provider knows it. */
      readonly model: string;
      readonly apiKey: Secret | null;
      readonly baseUrl: string | null;
      readonly region: string | null;
      readonly timeoutMs: number;
    };

const PROVIDERS = ['bundled', 'onnx', 'openai', 'bedrock'] as const;
const DEFAULT_MODELS = { openai: 'text-embedding-3-small', bedrock: 'amazon.titan-embed-text-v2:0' } as const;

/** Reads whose embeddings are used; a model's folder is relative to the working one. @throws RiskError `BAD_INPUT` */
export function readEmbedder(read: Read, workingFolder: string): EmbedderConfig {
  const named = read('ERAS_EMBEDDER')?.trim().toLowerCase();
  const provider = PROVIDERS.find((known) => known === named);
  if (provider === undefined) throw bad('ERAS_EMBEDDER', `one of ${PROVIDERS.join(', ')}`);
  if (provider === 'bundled') return { provider };
  const model = read('ERAS_EMBEDDING_MODEL')?.trim() || null;
  if (provider === 'onnx') {
    if (model === null) throw missing(provider, 'ERAS_EMBEDDING_MODEL, the folder of its model, is not set');
    return { provider, folder: resolve(workingFolder, model) };
  }
  const endpoint = endpointOf(provider, read);
  if (provider === 'openai' && endpoint.apiKey === null && endpoint.baseUrl === null)
    throw missing(provider, 'neither OPENAI_API_KEY nor OPENAI_BASE_URL is set');
  return {
    provider,
    model: model ?? DEFAULT_MODELS[provider],
    ...endpoint,
    timeoutMs: readMilliseconds(read, 'ERAS_LLM_TIMEOUT_MS'),
  };
}

function missing(provider: EmbedderConfig['provider'], what: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `ERAS_EMBEDDER is ${provider}, but ${what}` });
}
