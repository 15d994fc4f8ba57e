import { type OnScanned, withCleanHosts } from '../../reports/clean-hosts.ts';
import { toFinding, toHost } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, listAt, textAt, textOf, textsOf } from '../../reports/values.ts';
import { cvesOfRapid7Id } from './rapid7-id.ts';

/** Results that say that a device is vulnerable: exploited (`VE`), by its version (`VV`), potentially (`VP`). */
const VULNERABLE = /^V[EVP]$/i;

/** Rapid7 Nexpose's "Simple XML" export: vulnerabilities of devices and of their services, each with its public ids. It has no titles and no severities. */
export const NEXPOSE_SIMPLE: XmlFormat = {
  kind: 'xml',
  name: 'Nexpose Simple XML',
  large: ['NeXposeSimpleXML.devices.device'],
  matches: (document) => at(document, 'NeXposeSimpleXML') !== undefined,
  *read(document) {
    yield* withCleanHosts('Nexpose', (onScanned) => readDevices(document, onScanned));
  },
};

function* readDevices(document: unknown, onScanned: OnScanned): Generator<ReportItem> {
  for (const device of listAt(document, 'NeXposeSimpleXML', 'devices', 'device')) {
    const address = textAt(device, '@address');
    const place = `device[${address ?? ''}]`;
    // A device of which nothing is told may not have answered.
    const isTold = ['fingerprint', 'vulnerabilities', 'services'].some((name) => at(device, name) !== undefined);
    if (isTold) onScanned(toHost(address));
    yield* readVulnerabilities(device, place, address);
    for (const service of listAt(device, 'services', 'service')) {
      const here = `${place}/service[${textAt(service, '@protocol') ?? ''}/${textAt(service, '@port') ?? ''}]`;
      yield* readVulnerabilities(service, here, address);
    }
  }
}

function* readVulnerabilities(holder: unknown, place: string, address: string | null): Iterable<ReportItem> {
  for (const found of listAt(holder, 'vulnerabilities', 'vulnerability')) {
    if (!VULNERABLE.test(textAt(found, '@resultCode') ?? 'VE')) continue;
    const own = textAt(found, '@id');
    const ids = listAt(found, 'id').filter((id) => textAt(id, '@type')?.toLowerCase() === 'cve');
    const cves = ids.flatMap((id) => textsOf(textOf(id)));
    const position = `${place}/vulnerability[${own ?? ''}]`;
    yield toFinding(
      { ids: cves.length > 0 ? cves : cvesOfRapid7Id(own), host: toHost(address), position, tool: 'Nexpose' },
      own,
    );
  }
}
