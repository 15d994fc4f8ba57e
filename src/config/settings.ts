/** One row a setting: the whole of what ERAS reads from the environment and the config file, and the reference in docs/guide. */
export interface Setting {
  /** Name in the environment; in the config file the same name. */
  readonly name: string;
  readonly kind: 'text' | 'url' | 'path' | 'flag' | 'milliseconds' | 'secret' | 'secrets';
  readonly default: string | null;
  readonly meaning: string;
}

/** Settings that are read today; names and defaults are the outside contract's, section 2. */
export const SETTINGS = [
  {
    name: 'ERAS_HOME',
    kind: 'path',
    default: null,
    meaning: "data folder: mirror, store, caches; default: the platform's data folder",
  },
  { name: 'ERAS_OFFLINE', kind: 'flag', default: null, meaning: '1 = as --offline: no network at all' },
  {
    name: 'NVD_API_URL',
    kind: 'url',
    default: 'https://services.nvd.nist.gov/rest/json',
    meaning: 'NVD; the client asks /cves/2.0 below it',
  },
  { name: 'NVD_API_KEY', kind: 'secrets', default: null, meaning: 'one NVD key, or several separated by commas' },
  {
    name: 'KEV_URL',
    kind: 'url',
    default: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
    meaning: "CISA's Known Exploited Vulnerabilities catalogue",
  },
  { name: 'EPSS_API_URL', kind: 'url', default: 'https://api.first.org/data/v1/epss', meaning: 'EPSS look-ups' },
  {
    name: 'EPSS_CSV_URL',
    kind: 'url',
    default: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
    meaning: 'the whole EPSS day, for sync',
  },
  {
    name: 'CVE_API_URL',
    kind: 'url',
    default: 'https://cveawg.mitre.org/api/cve',
    meaning: "CVE JSON 5 records with CISA's SSVC values",
  },
  {
    name: 'ATTACK_STIX_URL',
    kind: 'url',
    default:
      'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/enterprise-attack/enterprise-attack.json',
    meaning: 'the ATT&CK bundle',
  },
  {
    name: 'ERAS_HTTP_TIMEOUT_MS',
    kind: 'milliseconds',
    default: '10000',
    meaning: 'time limit of one request to a source',
  },
  {
    name: 'ERAS_SOURCE_BUDGET_MS',
    kind: 'milliseconds',
    default: '30000',
    meaning: 'all requests, waits and retries of one run on a source that keeps failing',
  },
  { name: 'LOG_LEVEL', kind: 'text', default: 'warn', meaning: 'trace, debug, info, warn, error or silent' },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
