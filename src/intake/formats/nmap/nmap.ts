import { findCveIds } from '../../../domain/cve/cve-id.ts';
import type { Component, Host } from '../../../domain/finding/sighting.ts';
import { toComponent, toFinding, toHost } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, listAt, textAt, textOf, textsOf } from '../../reports/values.ts';

/**
 * Nmap's XML output (`-oX`): CVE ids from the scripts that check for vulnerabilities (`vulners`, `vulscan`, those of Nmap's library `vulns`). Open ports
 * are no findings.
 */
export const NMAP: XmlFormat = {
  kind: 'xml',
  name: 'Nmap',
  large: ['nmaprun.host'],
  matches: (document) => at(document, 'nmaprun') !== undefined,
  *read(document) {
    for (const entry of listAt(document, 'nmaprun', 'host')) yield* readHost(entry);
  },
};

function* readHost(entry: unknown): Iterable<ReportItem> {
  const addresses = listAt(entry, 'address').filter((address) => textAt(address, '@addrtype') !== 'mac');
  const names = listAt(entry, 'hostnames', 'hostname').map((name) => at(name, '@name'));
  const host = toHost(...names, ...addresses.map((address) => at(address, '@addr')));
  const place = `host[${host?.ip ?? host?.hostname ?? ''}]`;
  for (const script of listAt(entry, 'hostscript', 'script'))
    yield* readScript(script, { host, place, component: null });
  for (const port of listAt(entry, 'ports', 'port')) {
    const here = `${place}/port[${textAt(port, '@protocol') ?? ''}/${textAt(port, '@portid') ?? ''}]`;
    const component = toService(at(port, 'service'));
    for (const script of listAt(port, 'script')) yield* readScript(script, { host, place: here, component });
  }
}

function toService(service: unknown): Component | null {
  return toComponent({
    cpe: textsOf(at(service, 'cpe'))[0] ?? null,
    name: textAt(service, '@product'),
    installedVersion: textAt(service, '@version'),
  });
}

/** A script that lists several vulnerabilities gives as many findings. */
function* readScript(
  script: unknown,
  common: { readonly host: Host | null; readonly place: string; readonly component: Component | null },
): Iterable<ReportItem> {
  const id = textAt(script, '@id') ?? '';
  for (const { cve, severity } of cvesOf(id, script)) {
    yield toFinding({
      ids: [cve],
      host: common.host,
      component: common.component,
      position: `${common.place}/script[${id}]`,
      tool: `Nmap ${id}`,
      severity,
    });
  }
}

interface Named {
  readonly cve: string;
  readonly severity: string | null;
}

function cvesOf(id: string, script: unknown): Named[] {
  const output = String(at(script, '@output') ?? '');
  const unscored = (cves: readonly string[]) => cves.map((cve) => ({ cve, severity: null }));
  if (id === 'vulners') {
    const listed = listAt(script, 'table').flatMap((software) => listAt(software, 'table').flatMap(readVulners));
    // Exploits, which it lists too, have CVE ids in their names and addresses.
    return listed.length > 0 ? listed : unscored(findCveIds((output.match(/^\s*CVE-[\d-]+/gim) ?? []).join('\n')));
  }
  // Of its databases some describe vulnerabilities in prose that names others.
  if (id === 'vulscan') return unscored(findCveIds((output.match(/\[CVE-[\d-]+\]/gi) ?? []).join('\n')));
  const isVulnerable = /\bVULNERABLE\b/.test(output) && !/\bNOT VULNERABLE\b/.test(output);
  return isVulnerable ? unscored(findCveIds((output.match(/^\s*IDs:.*$/gm) ?? []).join('\n'))) : [];
}

function readVulners(table: unknown): Named[] {
  const cells = new Map(listAt(table, 'elem').map((cell) => [textAt(cell, '@key'), textOf(cell)]));
  const cve = cells.get('id') ?? null;
  return cve !== null && cells.get('type') === 'cve' ? [{ cve, severity: cells.get('cvss') ?? null }] : [];
}
