import { SOURCE_NAMES } from '../../../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../../domain/source/source-titles.ts';
import type { Text } from '../document.ts';
import { dayOf } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { line } from '../text.ts';
import { nameOf } from './name-of.ts';

/** How far the summary can be trusted: what was not read, what hangs on an unknown, how old the facts are. */
export function howSure({ head, survey, messages }: ReportContext): Text[] {
  const { summary } = messages;
  const [unknown] = survey.unknowns;
  const dated = SOURCE_NAMES.flatMap((name) => {
    const { at } = head.dataAsOf[name];
    return at === null ? [] : [{ name, at }];
  });
  const oldest = dated.sort((one, other) => (one.at < other.at ? -1 : 1))[0];
  return [
    survey.incomplete === 0
      ? summary.sureAll(messages.findings(survey.findings))
      : summary.sureIncomplete(survey.incomplete, messages.findings(survey.findings)),
    unknown === undefined || unknown.decides === 0
      ? ''
      : summary.sureUnknown(nameOf(unknown.name, messages), messages.findings(unknown.decides)),
    oldest === undefined ? '' : summary.sureOldest(SOURCE_TITLES[oldest.name], dayOf(oldest.at)),
    summary.sureModel,
  ]
    .filter((text) => text !== '')
    .map((text) => line(text));
}
