import { honest } from '../test/support/model-brains.ts';
import { startModelServer } from '../test/support/model-server.ts';
import { rawNvdRecord, WORST_CVSS } from '../test/support/raw-records.ts';
import { startSourceServer } from '../test/support/source-server.ts';

/**
 * A process of its own that stands in for the sources and for the language model, so that serving does not slow down what is measured. Tells its
 * addresses, and when asked how many calls there were.
 */
const FIRST_TOKEN_MS = 200;
const PER_TOKEN_MS = 2;
const SOURCE_MS = 200;
const [count = '200'] = process.argv.slice(2);
const ids = Array.from({ length: Number(count) }, (_, index) => `CVE-2024-${10_000 + index}`);

function toNvdRecord(id: string): unknown {
  const description = `A heap-based buffer overflow in the request parser of Example Server before 3.${id.slice(-3)} allows a remote, unauthenticated attacker to execute arbitrary code by sending a crafted header. The parser trusts a length that the request states. Installations behind a proxy that normalises headers are reached as well.`;
  return rawNvdRecord(id, { description, cvss: WORST_CVSS, cwe: 'CWE-122' });
}

const sources = await startSourceServer({
  nvd: new Map(ids.map((id) => [id, toNvdRecord(id)])),
  epss: new Map(ids.map((id, index) => [id, { epss: String((index % 100) / 100), percentile: '0.5' }])),
});
sources.behave('all', { kind: 'normal', delayMs: SOURCE_MS });
const server = await startModelServer(honest);
server.pace({ firstTokenMs: FIRST_TOKEN_MS, perTokenMs: PER_TOKEN_MS });
console.log(
  JSON.stringify({
    ids,
    env: { ...sources.env, ...server.env.anthropic },
    latency: { firstTokenMs: FIRST_TOKEN_MS, perTokenMs: PER_TOKEN_MS, sourceMs: SOURCE_MS },
  }),
);
