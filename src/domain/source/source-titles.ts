import type { SourceName } from './lookup.ts';

/** How a source is called in sentences. */
export const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  nvd: 'NVD',
  kev: 'CISA KEV',
  epss: 'FIRST EPSS',
  ssvc: 'CVE Program / CISA ADP',
  attack: 'MITRE ATT&CK',
};

/** Whether a name is one of the sources of facts. */
export function isSourceName(name: string): name is SourceName {
  return Object.hasOwn(SOURCE_TITLES, name);
}
