import type { Host } from '../../../domain/finding/sighting.ts';
import { type OnScanned, withCleanHosts } from '../../reports/clean-hosts.ts';
import { toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, listAt, textAt, textOf, textsOf } from '../../reports/values.ts';
import { cvesOfRapid7Id } from './rapid7-id.ts';

/**
 * Rapid7 Nexpose's XML export, report versions 1.0 and 2.0: what was tested on each node, and definitions of the vulnerabilities. Tests whose
 * result is not that the node is vulnerable are left out.
 */
export const NEXPOSE: XmlFormat = {
  kind: 'xml',
  name: 'Nexpose',
  large: ['NexposeReport.nodes.node'],
  matches: (document) => at(document, 'NexposeReport') !== undefined,
  *read(document) {
    const report = at(document, 'NexposeReport');
    const definitions = new Map(
      listAt(report, 'VulnerabilityDefinitions', 'vulnerability').map((definition) => [idOf(definition), definition]),
    );
    yield* withCleanHosts('Nexpose', (onScanned) => readNodes(report, definitions, onScanned));
  },
};

function* readNodes(
  report: unknown,
  definitions: ReadonlyMap<string, unknown>,
  onScanned: OnScanned,
): Generator<ReportItem> {
  const isFinished = listAt(report, 'scans', 'scan').every((scan) => /^finished$/i.test(textAt(scan, '@status') ?? ''));
  for (const node of listAt(report, 'nodes', 'node')) {
    const host = toHost(at(node, '@address'), ...listAt(node, 'names', 'name'));
    // A node that did not answer was not tested.
    if (isFinished && /^alive$/i.test(textAt(node, '@status') ?? '')) onScanned(host);
    yield* readNode(node, host, definitions);
  }
}

/** Case differs between a test and its definition. */
const idOf = (element: unknown) => (textAt(element, '@id') ?? '').toLowerCase();

function* readNode(node: unknown, host: Host | null, definitions: ReadonlyMap<string, unknown>): Iterable<ReportItem> {
  const place = `node[${textAt(node, '@address') ?? ''}]`;
  yield* readTests(listAt(node, 'tests', 'test'), place, host, definitions);
  for (const endpoint of listAt(node, 'endpoints', 'endpoint')) {
    const here = `${place}/endpoint[${textAt(endpoint, '@protocol') ?? ''}/${textAt(endpoint, '@port') ?? ''}]`;
    for (const service of listAt(endpoint, 'services', 'service')) {
      yield* readTests(listAt(service, 'tests', 'test'), here, host, definitions);
    }
  }
}

function* readTests(
  tests: readonly unknown[],
  place: string,
  host: Host | null,
  definitions: ReadonlyMap<string, unknown>,
): Iterable<ReportItem> {
  for (const test of tests) {
    if (!/^(?:exception-)?vulnerable/i.test(textAt(test, '@status') ?? '')) continue;
    const id = idOf(test);
    const definition = definitions.get(id);
    const references = listAt(definition, 'references', 'reference').filter(
      (reference) => textAt(reference, '@source')?.toUpperCase() === 'CVE',
    );
    const cves = references.flatMap((reference) => textsOf(textOf(reference)));
    yield toFinding(
      {
        ids: cves.length > 0 ? cves : cvesOfRapid7Id(id),
        host,
        position: `${place}/test[${id}]`,
        tool: 'Nexpose',
        severity: textAt(definition, '@severity'),
        reported: toReported({
          title: textAt(definition, '@title'),
          cvssVectors: textsOf([at(definition, '@cvssV3Vector'), at(definition, '@cvssVector')]).map((vector) =>
            vector.replace(/^\((.*)\)$/, '$1'),
          ),
        }),
      },
      textAt(definition, '@title') ?? id,
    );
  }
}
