import { RISK_LEVELS } from '../../../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../../domain/assessment/schema.ts';
import type { Publisher, ReportSettings } from '../../report.ts';
import { toMoment } from '../identity.ts';
import { present } from '../json-text.ts';
import { cleanLine, inertLine, inertText } from '../safe-text.ts';

/** Where nobody is named: a name that says so. */
const UNNAMED: Publisher = {
  name: 'Not named (made with ERAS)',
  namespace: 'urn:eras:unnamed-publisher',
  category: 'other',
};

/** Gaps that a document tells; the assessment has them all. */
const MOST_GAPS = 100;

/** `document` (CSAF 2.0, section 3.2.1). Without a vulnerability it cannot be of the VEX profile, and is of none. */
export function toCsafDocument(
  head: AssessmentHead,
  { version, publisher }: Pick<ReportSettings, 'version' | 'publisher'>,
  hasVulnerabilities: boolean,
): unknown {
  const { name, namespace, category } = publisher ?? UNNAMED;
  const released = toMoment(head.finishedAt ?? head.createdAt) ?? head.createdAt;
  const worst = RISK_LEVELS.find((level) => head.summary.counts[level] > 0);
  return present({
    category: hasVulnerabilities ? 'csaf_vex' : 'csaf_base',
    csaf_version: '2.0',
    lang: 'en',
    title: inertLine(head.summary.headline, 500) || 'Risk assessment',
    aggregate_severity: worst === undefined ? null : { text: worst },
    publisher: { category, name: cleanLine(name), namespace },
    tracking: {
      id: cleanLine(head.id, 200),
      status: 'final',
      version: '1',
      initial_release_date: released,
      current_release_date: released,
      revision_history: [{ date: released, number: '1', summary: 'Assessed' }],
      generator: { engine: { name: 'ERAS', version } },
    },
    notes: notesOf(head),
  });
}

function notesOf({ summary, gaps, warnings }: AssessmentHead): unknown[] {
  const missing = [
    ...gaps.slice(0, MOST_GAPS).map(({ cveId, source, reason }) => `${cveId ?? ''} ${source}: ${reason}`),
    ...(gaps.length > MOST_GAPS ? [`${gaps.length - MOST_GAPS} more gaps`] : []),
    ...warnings.slice(0, MOST_GAPS),
  ];
  const text = inertText(summary.text);
  return [
    ...(text === '' ? [] : [{ category: 'summary', title: 'Summary', text }]),
    ...(missing.length === 0
      ? []
      : [
          {
            category: 'general',
            title: 'What could not be read',
            text: missing.map((line) => inertLine(line)).join('\n'),
          },
        ]),
  ];
}
