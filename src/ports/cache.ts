/** Namespaces of the response cache; each has its own time to live. */
export const CACHE_NAMESPACES = [
  'nvd_cve',
  'kev',
  'epss',
  'ssvc',
  'mitre_technique',
  'llm_summary',
  'servicenow',
  'osv',
] as const;
export type CacheNamespace = (typeof CACHE_NAMESPACES)[number];

/** A cached value and when it was stored (ISO 8601). */
export interface CachedValue<Value> {
  readonly value: Value;
  readonly storedAt: string;
}

/** A value to keep. `isNegative`: it says that there is nothing, which is believed for a short time only. */
export interface CacheEntry<Value> {
  readonly key: string;
  readonly value: Value;
  readonly isNegative?: boolean;
  /** When it was true (ISO 8601), where that is known; else now. */
  readonly storedAt?: string;
}

/** Look-ups that one flight has taken upon itself; to be released when they have landed, or failed. */
export interface CacheClaim {
  readonly mine: readonly string[];
  /** Keys that another flight has under way. */
  readonly others: readonly string[];
  release(): Promise<void>;
}

/** What a namespace holds. Sizes in bytes; null where the store does not tell. */
export interface CacheStats {
  readonly namespace: CacheNamespace;
  readonly entries: number;
  readonly bytes: number | null;
}

/**
 * The response cache: short-lived answers of sources, shared by runs. A cache that fails answers as if it were empty: it never
 * fails a run.
 */
export interface Cache {
  /** Whether other machines share it. */
  readonly isShared: boolean;
  /** `isSecond`: the keys were looked up a moment ago, which is one look-up as far as anybody counts. */
  getMany<Value>(
    namespace: CacheNamespace,
    keys: readonly string[],
    look?: { readonly isSecond: boolean },
  ): Promise<ReadonlyMap<string, CachedValue<Value>>>;
  setMany<Value>(namespace: CacheNamespace, entries: readonly CacheEntry<Value>[]): Promise<void>;
  /** Takes missing look-ups upon the caller, but for those that somebody else has under way: one flight for concurrent misses. */
  claim(namespace: CacheNamespace, keys: readonly string[]): Promise<CacheClaim>;
  /** Waits for others' look-ups; what has not landed when they gave up, or in time, is missing from the answer. */
  awaitLanding<Value>(
    namespace: CacheNamespace,
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, CachedValue<Value>>>;
  stats(): Promise<CacheStats[]>;
  /** Removes everything, or one namespace. */
  clear(namespace?: CacheNamespace): Promise<void>;
  /** Why the cache has failed, in one line; null where it has not. */
  failure(): string | null;
  close(): Promise<void>;
}
