import type { AttackRelease } from '../../domain/attack/attack-text.ts';
import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { parseAttackBundle } from './parse-attack-bundle.ts';

// The bundle of 2025 has 40 to 50 MB.
const MAX_BYTES = 256 * 2 ** 20;
// Enough for 40 MB at 3 Mbit/s.
const TOTAL_MS = 120_000;

/** What the ATT&CK source depends on. */
export interface AttackSourceOptions {
  readonly http: HttpClient;
  /** ATTACK_STIX_URL. */
  readonly url: string;
  /** Time for all of it; two minutes unless told. */
  readonly totalMs?: number;
}

/** MITRE's ATT&CK Enterprise bundle. */
export function createAttackSource({
  http,
  url,
  totalMs = TOTAL_MS,
}: AttackSourceOptions): CatalogueSource<AttackRelease> {
  const limits = { maxBytes: MAX_BYTES, bulk: { totalMs } };
  return {
    name: 'attack',
    async fetchCatalogue(call) {
      const outcome = await http.getJson({ source: 'attack', url, ...limits, call });
      if (!outcome.ok) throw sourceUnavailable(outcome.reason, outcome.retryable);
      const catalogue = parseAttackBundle(outcome.body);
      if (!catalogue.ok) throw sourceUnavailable(catalogue.error, false);
      return catalogue.value;
    },
  };
}
