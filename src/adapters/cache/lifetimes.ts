import type { CacheNamespace } from '../../ports/cache.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const LIFETIME_MS: Readonly<Record<Exclude<CacheNamespace, 'epss'>, number>> = {
  nvd_cve: DAY_MS,
  kev: 6 * HOUR_MS,
  ssvc: DAY_MS,
  mitre_technique: 7 * DAY_MS,
  llm_summary: HOUR_MS,
  servicenow: 5 * MINUTE_MS,
  osv: DAY_MS,
};
/** That a source does not know a CVE may change any hour: new ones are published all day. */
const NEGATIVE_MS = 30 * MINUTE_MS;
/** FIRST publishes a day's scores before this hour (UTC). */
const EPSS_HOUR = 14;

/** How long a value is kept, milliseconds. EPSS: until the next day's scores are out. */
export function lifetimeOf(namespace: CacheNamespace, isNegative: boolean, now: Date): number {
  const lifetime = namespace === 'epss' ? untilEpss(now) : LIFETIME_MS[namespace];
  return isNegative ? Math.min(NEGATIVE_MS, lifetime) : lifetime;
}

function untilEpss(now: Date): number {
  const next = new Date(now);
  next.setUTCHours(EPSS_HOUR, 0, 0, 0);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next.getTime() - now.getTime();
}
