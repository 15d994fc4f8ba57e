/** Where Anthropic's API is and who asks. */
export interface AnthropicAccess {
  readonly apiKey: string;
  /** ANTHROPIC_BASE_URL; null is Anthropic's own. */
  readonly baseUrl: string | null;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
}

/** The client of Anthropic's API, loaded when it is first needed. It retries nothing: each call is accounted for, and a batch that is made twice is paid twice. */
export async function loadAnthropicSdk({ apiKey, baseUrl, timeoutMs }: AnthropicAccess) {
  const { Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
}
