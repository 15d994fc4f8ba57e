import { wasNothingAsked } from '../../domain/assessment/was-nothing-asked.ts';
import { SOURCE_NAMES } from '../../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../domain/source/source-titles.ts';
import { plainText } from '../words.ts';
import type { Cover, Fact, SectionId, TableBlock } from './document.ts';
import { firstFew } from './names.ts';
import { dayOf } from './numbers.ts';
import type { ReportContext } from './report-context.ts';
import { cell, line } from './text.ts';

/** The cover: scope, classification, and how old the facts are. */
export function coverOf(
  context: ReportContext,
  template: {
    readonly title: string | null;
    readonly organisation: string | null;
    readonly classification: string | null;
  },
  leftOut: readonly SectionId[],
): Cover {
  const { head, survey, messages, method } = context;
  const { cover, prose } = messages;
  const targets = head.request.targets.map((target) => plainText(target, 80));
  const facts: Fact[] = [
    ...(template.organisation === null ? [] : [{ term: cover.organisation, value: line(template.organisation, 120) }]),
    ...(template.classification === null
      ? []
      : [{ term: cover.classification, value: line(template.classification, 80) }]),
    { term: cover.assessedAt, value: line(`${head.createdAt.slice(0, 16).replace('T', ' ')} UTC`) },
    { term: cover.targets, value: line(firstFew(targets, messages), 600) },
    {
      term: cover.asset,
      value: line(
        cover.assetsKnown(survey.withAsset.toLocaleString(messages.locale), messages.findings(survey.findings)),
      ),
    },
    { term: cover.assessment, value: [{ text: plainText(head.id, 60), style: 'code' }] },
    { term: cover.product, value: line(`ERAS ${method.version}`) },
  ];
  const isFromModel = survey.fromModel > 0 || head.summary.source === 'llm';
  const notes = [
    isFromModel ? prose.legend(firstFew(survey.models, messages)) : prose.rulesLegend,
    prose.englishOnly,
    leftOut.length === 0 ? '' : cover.leftOut(leftOut.map((id) => messages.sections[id]).join(', ')),
  ];
  return {
    title: template.title === null ? messages.title : plainText(template.title, 120),
    scope: cover.scope(messages.findings(survey.findings), messages.vulnerabilities(survey.vulnerabilities)),
    classification: template.classification === null ? null : plainText(template.classification, 80),
    facts,
    dataDates: dataDatesOf(context),
    notes: notes.filter((note) => note !== ''),
  };
}

/** Each source with its worst origin and its oldest date. */
export function dataDatesOf({ head, messages }: ReportContext): TableBlock {
  const { cover, origins } = messages;
  const isUnasked = wasNothingAsked(head);
  return {
    kind: 'table',
    caption: cover.data,
    columns: [
      { title: cover.source, weight: 3 },
      { title: cover.origin, weight: 3 },
      { title: cover.at, weight: 2 },
    ],
    rows: SOURCE_NAMES.map((name) => {
      const { origin, at } = head.dataAsOf[name];
      return [
        cell(SOURCE_TITLES[name]),
        cell(isUnasked ? cover.notAsked : origins[origin]),
        cell(at === null ? messages.unknown : dayOf(at)),
      ];
    }),
    isRowHeaded: true,
    note: null,
  };
}
