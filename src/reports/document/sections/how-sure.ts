import { staleSources } from '../../../domain/assessment/stale-sources.ts';
import { SOURCE_TITLES } from '../../../domain/source/source-titles.ts';
import type { Text } from '../document.ts';
import { dayOf } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { line } from '../text.ts';
import { nameOf } from './name-of.ts';

/** Outcomes that page one names. */
const MOVES_PAGE_ONE: ReadonlySet<string> = new Set(['risk.level', 'bod2604.timeline', 'ssvc.deployer']);

/** How far the summary can be trusted: what was not read, what hangs on an unknown, how old the facts are. */
export function howSure({ head, survey, messages }: ReportContext): Text[] {
  const { summary } = messages;
  // What moves nothing that page one says is listed with the gaps.
  const unknown = survey.unknowns.find(({ affects }) => MOVES_PAGE_ONE.has(affects));
  const dates = (['nvd', 'ssvc', 'kev', 'epss'] as const).flatMap((name) => {
    const { at } = head.dataAsOf[name];
    return at === null ? [] : [`${SOURCE_TITLES[name]} ${dayOf(at)}`];
  });
  const stale = staleSources(head.dataAsOf, head.createdAt).map((name) => SOURCE_TITLES[name]);
  return [
    survey.incomplete === 0
      ? summary.sureAll(messages.findings(survey.findings))
      : summary.sureIncomplete(survey.incomplete, messages.findings(survey.findings)),
    unknown === undefined || unknown.decides === 0
      ? ''
      : summary.sureUnknown(nameOf(unknown.name, messages), messages.findings(unknown.decides)),
    dates.length === 0 ? '' : summary.sureDates(dates.join(', ')),
    stale.length === 0 ? '' : summary.sureStale(stale.join(', ')),
    summary.sureModel,
  ]
    .filter((text) => text !== '')
    .map((text) => line(text));
}
