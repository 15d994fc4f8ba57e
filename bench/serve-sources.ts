import { rawCveRecord, rawNvdRecord } from '../test/support/raw-records.ts';
import { startSourceServer } from '../test/support/source-server.ts';

/** A process of its own that stands in for all sources, so that serving does not slow down what is measured. Prints its addresses. */
const [count = '100', delayMs = '200'] = process.argv.slice(2);
const ids = Array.from({ length: Number(count) }, (_, index) => `CVE-2024-${10_000 + index}`);

const server = await startSourceServer({
  nvd: new Map(
    ids.map((id) => [id, rawNvdRecord(id, { description: 'A remote attacker can run code on the server.' })]),
  ),
  cve: new Map(ids.map((id) => [id, rawCveRecord(id)])),
  epss: new Map(ids.map((id) => [id, { epss: '0.5', percentile: '0.9' }])),
});
server.behave('all', { kind: 'normal', delayMs: Number(delayMs) });
console.log(JSON.stringify({ ids, env: server.env }));
process.once('SIGTERM', () => void server.close());
