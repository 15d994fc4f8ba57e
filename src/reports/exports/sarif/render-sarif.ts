import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import type { Write } from '../../render-json.ts';
import type { RenderReport, Report } from '../../report.ts';
import { toMoment, uuidOf } from '../identity.ts';
import { present, writeJson } from '../json-text.ts';
import { inertLine } from '../safe-text.ts';
import { toResult } from './result.ts';
import { toRule } from './rule.ts';

/**
 * SARIF 2.1.0 (OASIS, with errata 01), as GitHub code scanning reads it: a rule a vulnerability, a result a finding. Two passes over the
 * findings, since rules stand before results and readers of long files want them there.
 */
export const renderSarif: RenderReport = async (report, write: Write, { version }) => {
  const places = new Map<string, number>();
  const run = {
    tool: {
      parts: {
        driver: {
          parts: {
            name: { value: 'ERAS' },
            fullName: { value: 'Enterprise Risk Assessment System' },
            semanticVersion: { value: version },
            rules: { list: readRules(report, places) },
          },
        },
      },
    },
    automationDetails: { value: { id: `eras/${report.head.id}`, guid: uuidOf('sarif', report.head.id) } },
    invocations: { value: [toInvocation(report)] },
    columnKind: { value: 'utf16CodeUnits' },
    results: { list: readResults(report, places) },
  };
  await write(`{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [`);
  await writeJson(run, write);
  await write(']}\n');
};

/** The rules in the order of their first findings, the most urgent first; remembers where each stands. */
async function* readRules({ readFindings }: Report, places: Map<string, number>): AsyncGenerator<unknown> {
  for await (const finding of readFindings()) {
    if (places.has(finding.vulnerabilityId)) continue;
    places.set(finding.vulnerabilityId, places.size);
    yield toRule(finding);
  }
}

async function* readResults(
  { readFindings }: Report,
  places: ReadonlyMap<Finding['vulnerabilityId'], number>,
): AsyncGenerator<unknown> {
  for await (const finding of readFindings()) yield toResult(finding, places.get(finding.vulnerabilityId) ?? -1);
}

/** The run, and what it could not read. */
function toInvocation({ head }: Report): unknown {
  const notifications = [
    ...head.gaps.map(({ cveId, source, reason }) => ({
      level: 'warning',
      descriptor: { id: `gap/${inertLine(source, 100)}` },
      message: { text: inertLine(`${cveId === null ? '' : `${cveId}: `}${source}: ${reason}`) },
    })),
    ...head.warnings.map((warning) => ({ level: 'note', message: { text: inertLine(warning) || 'warning' } })),
  ];
  return present({
    executionSuccessful: true,
    startTimeUtc: toMoment(head.createdAt),
    endTimeUtc: toMoment(head.finishedAt),
    toolExecutionNotifications: notifications,
  });
}
