import type { AttackCatalogue } from '../../domain/attack/attack.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { CatalogueSource } from '../../ports/vulnerability-source.ts';
import { parseAttackBundle } from './parse-attack-bundle.ts';

// The bundle of 2025 has 40 to 50 MB.
const MAX_BYTES = 256 * 2 ** 20;

/** What the ATT&CK source depends on. */
export interface AttackSourceOptions {
  readonly http: HttpClient;
  /** ATTACK_STIX_URL. */
  readonly url: string;
}

/** MITRE's ATT&CK Enterprise bundle. */
export function createAttackSource({ http, url }: AttackSourceOptions): CatalogueSource<AttackCatalogue> {
  return {
    name: 'attack',
    async fetchCatalogue(call) {
      const outcome = await http.getJson({ source: 'attack', url, maxBytes: MAX_BYTES, call });
      if (!outcome.ok) throw unavailable(outcome.reason, outcome.retryable);
      const catalogue = parseAttackBundle(outcome.body);
      if (!catalogue.ok) throw unavailable(catalogue.error, false);
      return catalogue.value;
    },
  };
}

function unavailable(message: string, retryable: boolean): RiskError {
  return new RiskError({ code: 'SOURCE_UNAVAILABLE', message, retryable });
}
