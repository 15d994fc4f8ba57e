import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import { describePlace } from '../../domain/knowledge/describe-place.ts';
import { buildDocument } from '../document/build-document.ts';
import type { Cover, SectionId } from '../document/document.ts';
import { DEFAULT_LIMITS, type DocumentLimits } from '../document/limits.ts';
import { EN } from '../document/messages/en.ts';
import { evidenceTable, proseOf } from '../document/prose.ts';
import { DEFAULT_TEMPLATE, type ReportTemplate } from '../document/template.ts';
import { amountWords } from '../loss-words.ts';
import type { ReportInput, Write } from '../render-json.ts';
import type { DocumentSettings } from '../report.ts';
import { decisionWords, dueWords, epssWords, levelWords, placeWords, plainText, reasonWords } from '../words.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { renderBlocks } from './render-blocks.ts';

/** What of the shared document is shown here: the findings follow in a form of their own. */
const LIMITS: DocumentLimits = { ...DEFAULT_LIMITS, explained: 0, listed: 0 };

/** The sections that every report has, as they stand before the findings and after them. */
const BEFORE: readonly SectionId[] = ['summary', 'changes', 'plan', 'heat-map', 'money', 'threat'];
const AFTER: readonly SectionId[] = ['accepted', 'gaps', 'method', 'attributions'];

/** Where what a text cannot show is drawn. */
const NO_PICTURES = 'Charts stand here as words and tables; the HTML, PDF and DOCX reports draw them.';

/**
 * The assessment as Markdown: the sections of the shared document with charts as tables, and the findings, each with its reasons, in a form of their
 * own. In English; all sections. Three passes over the findings.
 */
export async function renderMarkdown(
  head: AssessmentHead,
  readFindings: () => ReportInput['findings'],
  write: Write,
  settings: DocumentSettings,
): Promise<void> {
  const template: ReportTemplate = { ...(settings.template ?? DEFAULT_TEMPLATE), language: 'en', hidden: [] };
  const { cover, sections } = await buildDocument({
    head,
    findings: readFindings(),
    ...settings,
    template,
    limits: LIMITS,
  });
  const sectionOf = (id: SectionId): string => {
    const section = sections.find((one) => one.id === id);
    return section === undefined ? '' : `## ${escapeMarkdown(section.title)}\n\n${renderBlocks(section.blocks, 3)}`;
  };
  await write(renderTitle(head, cover, template));
  for (const id of BEFORE) await write(sectionOf(id));
  const titles = [
    ...['Level', 'CVE', 'What', 'Where', 'CVSS', 'EPSS', 'KEV', 'Decision', 'Why'],
    ...(head.portfolio === null ? [] : ['Loss a year']),
  ];
  await write(`## Findings\n\n| ${titles.join(' | ')} |\n|${'---|'.repeat(titles.length)}\n`);
  for await (const finding of readFindings()) await write(renderRow(finding, head.portfolio !== null));
  await write('\n');
  for await (const finding of readFindings()) await write(renderFinding(finding));
  for (const id of AFTER) await write(sectionOf(id));
}

function renderTitle(
  { id, createdAt, warnings }: AssessmentHead,
  { title, notes: who }: Cover,
  template: ReportTemplate,
): string {
  const marks = [template.organisation, template.classification].flatMap((mark) =>
    mark === null ? [] : [`**${escapeMarkdown(plainText(mark, 120))}**\n\n`],
  );
  const notes = warnings.map((warning) => `> Warning: ${escapeMarkdown(plainText(warning))}\n`).join('');
  const about = [...who, NO_PICTURES].map((note) => `${escapeMarkdown(note)}\n\n`).join('');
  return `# ${escapeMarkdown(title)}\n\n${marks.join('')}Assessment \`${id}\`, ${createdAt}\n\n${notes}${notes && '\n'}${about}`;
}

function renderRow(finding: Finding, hasLosses: boolean): string {
  const cells = [
    levelWords(finding),
    escapeMarkdown(plainText(finding.vulnerabilityId)),
    escapeMarkdown(plainText(finding.title)),
    escapeMarkdown(placeWords(finding)),
    finding.cvss === null ? '–' : `${finding.cvss.baseScore.toFixed(1)} (v${finding.cvss.version})`,
    epssWords(finding),
    { listed: 'yes', not_listed: 'no', unknown: '?' }[finding.kevStatus],
    `${decisionWords(finding)} ${dueWords(finding)}`.trim(),
    reasonWords(finding),
    ...(hasLosses ? [finding.loss === null ? '–' : amountWords(finding.loss.ale)] : []),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function renderFinding(finding: Finding): string {
  const { narrative, risk, attack, vulnerabilityId, title } = finding;
  const factors = risk.factors.map(
    ({ name, value, effect, source, asOf }) =>
      `| ${name} | ${escapeMarkdown(plainText(String(value ?? 'unknown')))} | ${escapeMarkdown(effect)} | ${escapeMarkdown(plainText(source))}${asOf === null ? '' : `, ${asOf.slice(0, 10)}`} |\n`,
  );
  const unknowns = risk.unknowns.map(
    ({ name, affects, ifWorse, ifBetter }) =>
      `- ${name} is unknown; it affects ${affects}: ${ifWorse} at worst, ${ifBetter} at best\n`,
  );
  const techniques = attack.map(
    ({ techniqueId, name, role, source, confidence }) =>
      `- ${techniqueId} ${escapeMarkdown(name ?? '')} (${role.replace('_', ' ')}; ${source}, confidence ${confidence.toFixed(2)})\n`,
  );
  const passages = finding.context.map(
    ({ text, ...place }) =>
      `- ${escapeMarkdown(plainText(describePlace(place)))}: ${escapeMarkdown(plainText(text, 400))}\n`,
  );
  return [
    `### ${[vulnerabilityId, title === vulnerabilityId ? '' : title]
      .map((part) => escapeMarkdown(plainText(part)))
      .filter((part) => part !== '')
      .join(': ')}\n\n`,
    placeOf(finding),
    proseWords(narrative),
    `| Factor | Value | Effect | Source |\n|---|---|---|---|\n${factors.join('')}\n`,
    section('ATT&CK techniques', techniques),
    section('Not known', unknowns),
    section('Expected loss', lossLines(finding)),
    section('From your documents', passages),
  ].join('');
}

/** What was written of a finding: each sentence of a model with its mark and what it cites, the evidence below. */
function proseWords(narrative: Finding['narrative']): string {
  const { summary, threat, businessImpact, remediation } = EN.finding;
  const blocks = [
    proseOf(summary, narrative.summary, narrative, EN),
    proseOf(threat, narrative.threat, narrative, EN),
    proseOf(businessImpact, narrative.businessImpact, narrative, EN),
    proseOf(remediation, narrative.remediation, narrative, EN),
    narrative.source === 'llm' ? evidenceTable(narrative.citations, EN) : null,
  ];
  return renderBlocks(
    blocks.filter((block) => block !== null),
    4,
  );
}

function lossLines({ loss }: Finding): string[] {
  if (loss === null) return [];
  const { ale, standardError, p90, var95, es95, assumptions } = loss;
  const figures = `${amountWords(ale)} a year (standard error ${amountWords(standardError)}); 9 of 10 years stay below ${amountWords(p90)}, 19 of 20 below ${amountWords(var95)}; the worst of 20 costs ${amountWords(es95)} on average`;
  return [figures, ...assumptions].map((line) => `- ${escapeMarkdown(plainText(line, 600))}\n`);
}

/** Where it was found: what in, what on, and in which files. */
function placeOf(finding: Finding): string {
  const place = placeWords(finding);
  const files = finding.evidence
    .slice(0, 5)
    .map(({ file, position }) => plainText(position === null ? file : `${file} (${position})`, 200));
  const total = finding.evidenceTotal ?? finding.evidence.length;
  const more = total > files.length ? ` and ${total - files.length} more` : '';
  const found = files.length === 0 ? '' : `Found: ${escapeMarkdown(files.join('; '))}${more}\n\n`;
  return `${place === '' ? '' : `Where: ${escapeMarkdown(place)}\n\n`}${found}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n\n${lines.join('')}\n`;
}
