/** Namespaces of the response cache; each has its own time to live. */
export const CACHE_NAMESPACES = ['nvd_cve', 'epss', 'ssvc', 'llm_summary'] as const;
export type CacheNamespace = (typeof CACHE_NAMESPACES)[number];

/** A cached value and when it was stored (ISO 8601). */
export interface CachedValue<Value> {
  readonly value: Value;
  readonly storedAt: string;
}

/**
 * The response cache: short-lived answers of sources, shared by runs. A cache that fails answers as if it were empty: it never
 * fails a run.
 */
export interface Cache {
  getMany<Value>(namespace: CacheNamespace, keys: readonly string[]): Promise<ReadonlyMap<string, CachedValue<Value>>>;
  setMany<Value>(namespace: CacheNamespace, entries: readonly { key: string; value: Value }[]): Promise<void>;
  close(): Promise<void>;
}
