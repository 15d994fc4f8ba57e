import type { Block, ProseBlock, Text } from '../document.ts';
import { evidenceTable, proseOf } from '../prose.ts';
import type { ReportContext } from '../report-context.ts';
import type { Explained } from '../survey.ts';
import { idRun, line, paragraph } from '../text.ts';
import { factsOf } from './finding-facts.ts';
import { lossOf } from './finding-loss.ts';
import { contextTable, factorTable, placeTable, techniqueTable, unknownTable } from './finding-tables.ts';

/** The most urgent vulnerabilities, each with all that its level and date rest on. */
export function findingsSection(context: ReportContext): Block[] {
  const { survey, messages } = context;
  const left = survey.vulnerabilities - survey.explained.length;
  return [
    ...(left === 0 ? [] : [paragraph(messages.finding.left(left), 'note')]),
    ...survey.explained.map(
      (explained, index): Block => ({
        kind: 'group',
        id: `finding-${index + 1}`,
        title: titleOf(explained.finding),
        blocks: explain(explained, context),
      }),
    ),
  ];
}

/** The id, and the title where it says more. */
function titleOf({ vulnerabilityId, title }: Explained['finding']): Text {
  const words = line(title, 200);
  const isNamed = title !== vulnerabilityId && words.some(({ text }) => text !== '');
  return [idRun(vulnerabilityId), ...(isNamed ? [{ text: ': ' }, ...words] : [])];
}

function explain(explained: Explained, { messages }: ReportContext): Block[] {
  const { finding } = explained;
  const { narrative, risk } = finding;
  const words = messages.finding;
  const prose = [
    proseOf(words.summary, narrative.summary, narrative, messages),
    proseOf(words.threat, narrative.threat, narrative, messages),
    proseOf(words.businessImpact, narrative.businessImpact, narrative, messages),
    proseOf(words.remediation, narrative.remediation, narrative, messages),
  ].filter((block): block is ProseBlock => block !== null);
  const tables = [
    risk.factors.length === 0 ? null : factorTable(risk.factors, messages),
    risk.unknowns.length === 0 ? null : unknownTable(risk.unknowns, messages),
    finding.attack.length === 0 ? null : techniqueTable(finding.attack, messages),
    evidenceTable(narrative.citations, messages),
    finding.evidence.length === 0 ? null : placeTable(finding, messages),
    finding.context.length === 0 ? null : contextTable(finding.context, messages),
  ];
  return [
    { kind: 'facts', items: factsOf(explained, messages) },
    ...prose,
    ...lossOf(finding, messages),
    ...tables.filter((table) => table !== null),
    ...narrative.notes.map((note) => paragraph([...line(`${words.notes}: ${note}`, 400)], 'note')),
  ];
}
