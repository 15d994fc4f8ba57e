import { honest } from '../test/support/model-brains.ts';
import { startModelServer } from '../test/support/model-server.ts';
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
  return {
    id,
    sourceIdentifier: 'cna@example.com',
    published: '2024-01-02T03:04:05.678',
    lastModified: '2024-02-02T03:04:05.678',
    vulnStatus: 'Analyzed',
    descriptions: [
      {
        lang: 'en',
        value: `A heap-based buffer overflow in the request parser of Example Server before 3.${id.slice(-3)} allows a remote, unauthenticated attacker to execute arbitrary code by sending a crafted header. The parser trusts a length that the request states. Installations behind a proxy that normalises headers are reached as well.`,
      },
    ],
    metrics: {
      cvssMetricV31: [
        {
          source: 'nvd@nist.gov',
          type: 'Primary',
          cvssData: {
            version: '3.1',
            vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
            baseScore: 9.8,
            baseSeverity: 'CRITICAL',
          },
        },
      ],
    },
    weaknesses: [{ source: 'nvd@nist.gov', type: 'Primary', description: [{ lang: 'en', value: 'CWE-122' }] }],
    references: [],
  };
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
