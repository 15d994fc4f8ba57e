import type { WorkerPool } from '../adapters/documents/worker-pool.ts';
import type { Config } from '../config/config.ts';
import type { EmbedderConfig } from '../config/embedder-config.ts';
import { keepAwsQuiet } from '../config/process-config.ts';
import { lastingFailure } from '../domain/knowledge/embedding-failure.ts';
import { systemClock } from '../kernel/clock.ts';
import { failure } from '../kernel/result.ts';
import { createEmbedder } from '../knowledge/create-embedder.ts';
import type { Embedder, EmbeddingModel } from '../ports/embedder.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import { observeEmbeddings } from './observe-embeddings.ts';

/** Why the embedder of a configuration is not asked; null where it may be. */
export function whyNotAsked({ embedder: { provider }, offline }: Pick<Config, 'embedder' | 'offline'>): string | null {
  const isRemote = provider === 'openai' || provider === 'bedrock';
  return isRemote && offline ? `ERAS_EMBEDDER is ${provider}, and ERAS_OFFLINE keeps it from the network` : null;
}

/**
 * The embedder of a configuration; only its own provider's code is loaded. One that may not be asked has its name and no vectors.
 * @throws RiskError `BAD_INPUT` where its model cannot be one
 */
export async function openEmbedder(
  config: Config,
  pool: WorkerPool,
  telemetry: Telemetry = NO_TELEMETRY,
): Promise<Embedder> {
  const { provider } = config.embedder;
  const opened = await openModel(config.embedder, pool);
  const isRemote = provider === 'openai' || provider === 'bedrock';
  const model = isRemote ? observeEmbeddings(opened, provider, telemetry) : opened;
  const reason = whyNotAsked(config);
  return createEmbedder(
    reason === null ? model : { ...model, run: async () => failure(lastingFailure('paused', reason)) },
  );
}

async function openModel(config: EmbedderConfig, pool: WorkerPool): Promise<EmbeddingModel> {
  if (config.provider === 'bundled') {
    const { createBundledModel } = await import('../adapters/embeddings/bundled-model.ts');
    return createBundledModel(pool.embed, pool.workers);
  }
  if (config.provider === 'onnx') {
    const { openOnnxModel } = await import('../adapters/embeddings/onnx-model.ts');
    return openOnnxModel(config.folder);
  }
  const { provider, model, apiKey, baseUrl, region, timeoutMs } = config;
  const options = { model, timeoutMs, clock: systemClock };
  if (provider === 'openai') {
    const { createOpenAiEmbeddingModel } = await import('../adapters/openai/create-openai-embedding-model.ts');
    return createOpenAiEmbeddingModel({ ...options, apiKey: apiKey?.reveal() ?? null, baseUrl });
  }
  keepAwsQuiet();
  const { createBedrockEmbeddingModel } = await import('../adapters/bedrock/create-bedrock-embedding-model.ts');
  return createBedrockEmbeddingModel({ ...options, region, endpoint: baseUrl });
}
