import type { OpenAI } from 'openai';
import { once } from '../../kernel/once.ts';

/** Where an OpenAI-compatible endpoint is and who asks. */
export interface OpenAiEndpoint {
  /** Local servers want none. */
  readonly apiKey: string | null;
  /** OPENAI_BASE_URL; null is OpenAI's own. */
  readonly baseUrl: string | null;
  /** Time limit of a call, milliseconds (ERAS_LLM_TIMEOUT_MS). */
  readonly timeoutMs: number;
}

/** The client of an endpoint: the SDK is loaded with the first call, logs nothing and repeats nothing. */
export function clientOf({ apiKey, baseUrl, timeoutMs }: OpenAiEndpoint): () => Promise<OpenAI> {
  return once(async () => {
    const { OpenAI: Client } = await import('openai');
    return new Client({
      apiKey: apiKey ?? 'none',
      baseURL: baseUrl,
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: timeoutMs,
      logLevel: 'off',
    });
  });
}
