import { findModelFacts } from '../../src/domain/language-model/model-catalogue.ts';
import { type Asked, countServerTokens } from './model-server.ts';

interface CacheBlock {
  readonly text?: string;
  readonly cache_control?: { readonly type: string; readonly ttl?: string };
}

/** The prompt cache of a provider: prefixes up to a breakpoint, kept from the first token of the first answer on. */
export function createPromptCache() {
  const kept = new Set<string>();

  /** The longest prefix that ends in a breakpoint, and whether it is long enough to be kept. */
  function prefixOf({ body, model, provider, schema }: Asked): { key: string; tokens: number; ttl: string } | null {
    const system = Array.isArray(body['system']) ? (body['system'] as CacheBlock[]) : [];
    const last = system.findLastIndex((block) => block.cache_control !== undefined);
    if (last === -1 || provider === 'openai') return null;
    const text = system
      .slice(0, last + 1)
      .map((block) => block.text ?? '')
      .join('');
    const tokens = countServerTokens(text);
    const least = findModelFacts(provider, model)?.leastCachedTokens ?? 1024;
    const ttl = system[last]?.cache_control?.ttl ?? '5m';
    return tokens < least ? null : { key: `${model}\n${JSON.stringify(schema)}\n${text}`, tokens, ttl };
  }

  return {
    /** Usage of the prompt, as the provider bills it; the output is added when it is known. */
    bill(asked: Asked): Readonly<Record<string, unknown>> {
      const all = countServerTokens(asked.system) + countServerTokens(asked.user);
      const prefix = prefixOf(asked);
      const tokens = prefix?.tokens ?? 0;
      const isRead = prefix !== null && kept.has(prefix.key);
      const written = prefix !== null && !isRead ? tokens : 0;
      return {
        input_tokens: all - tokens,
        cache_creation_input_tokens: written,
        cache_read_input_tokens: isRead ? tokens : 0,
        cache_creation: {
          ephemeral_5m_input_tokens: prefix?.ttl === '1h' ? 0 : written,
          ephemeral_1h_input_tokens: prefix?.ttl === '1h' ? written : 0,
        },
      };
    },
    keep(asked: Asked): void {
      const prefix = prefixOf(asked);
      if (prefix !== null) kept.add(prefix.key);
    },
  };
}
