import { plainText } from '../../words.ts';
import { dataDatesOf } from '../cover.ts';
import type { Block } from '../document.ts';
import { firstFew } from '../names.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, line, paragraph } from '../text.ts';

/** How it was computed: versions, options, tables and constants, each with its source. */
export function methodSection(context: ReportContext): Block[] {
  const { head, survey, messages, method, limits } = context;
  const words = messages.method;
  const options = Object.entries(head.request.options).map(([name, value]) => plainText(`${name}=${value}`, 80));
  const { critical, high, medium } = method.levels;
  return [
    paragraph(words.intro),
    {
      kind: 'facts',
      items: [
        { term: words.eras, value: line(method.version) },
        { term: words.schema, value: line(head.schemaVersion) },
        { term: words.assessment, value: [{ text: plainText(head.id, 60), style: 'code' }] },
        {
          term: words.models,
          value: line(survey.models.length === 0 ? words.noModel : firstFew(survey.models, messages)),
        },
        { term: words.options, value: line(options.length === 0 ? messages.none : options.join(', '), 600) },
        { term: words.limits, value: line(words.limitsValue(limits.explained, limits.listed)) },
      ],
    },
    dataDatesOf(context),
    {
      kind: 'table',
      caption: words.constants,
      columns: [
        { title: words.name, weight: 3 },
        { title: words.value, weight: 5 },
        { title: words.source, weight: 4 },
      ],
      rows: [
        [cell(words.levels), cell(words.levelsValue(critical, high, medium)), cell(words.levelsSource)],
        ...method.facts.map(({ name, value, source }) => [cell(name), cell(line(value, 600)), cell(line(source, 300))]),
      ],
      isRowHeaded: true,
      note: null,
    },
  ];
}
