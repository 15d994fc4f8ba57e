import { startSourceServer } from '../test/support/source-server.ts';

/** A process of its own that stands in for all sources, so that serving does not slow down what is measured. Prints its addresses. */
const [count = '100', delayMs = '200'] = process.argv.slice(2);
const ids = Array.from({ length: Number(count) }, (_, index) => `CVE-2024-${10_000 + index}`);

function toNvdRecord(id: string): unknown {
  return {
    id,
    sourceIdentifier: 'cna@example.com',
    published: '2024-01-02T03:04:05.678',
    lastModified: '2024-02-02T03:04:05.678',
    vulnStatus: 'Analyzed',
    descriptions: [{ lang: 'en', value: 'A remote attacker can run code on the server.' }],
    metrics: {},
    references: [],
  };
}

function toCveRecord(id: string): unknown {
  return {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state: 'PUBLISHED', assignerShortName: 'example' },
    containers: {
      cna: {
        descriptions: [{ lang: 'en', value: 'A flaw.' }],
        providerMetadata: { orgId: 'x', shortName: 'example' },
      },
    },
  };
}

const server = await startSourceServer({
  nvd: new Map(ids.map((id) => [id, toNvdRecord(id)])),
  cve: new Map(ids.map((id) => [id, toCveRecord(id)])),
  epss: new Map(ids.map((id) => [id, { epss: '0.5', percentile: '0.9' }])),
});
server.behave('all', { kind: 'normal', delayMs: Number(delayMs) });
console.log(JSON.stringify({ ids, env: server.env }));
process.once('SIGTERM', () => void server.close());
