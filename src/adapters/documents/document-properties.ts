import { dayOf } from '../../domain/knowledge/day-of.ts';
import type { DocumentFields } from '../../domain/knowledge/document.ts';
import { tidyLine } from './blocks.ts';

/** What an author's program writes into a document of it, as it is written there; empty where it does not. */
export interface DocumentProperties {
  readonly title: string;
  readonly created: string;
  readonly modified: string;
}

/** What programs give a document that nobody has named: a name of a file, or of the program. */
const NO_TITLE =
  /^(?:microsoft (?:word|powerpoint|excel) - |.*\.(?:docx?|dotx?|xlsx?|pptx?|pdf|rtf|odt|indd|md|tex|html?|txt|qxp|pages)$|\(?(?:untitled|unbenannt|unknown|anonymous|unspecified|title|titel|no title|(?:word |pdf )?document|dokument|template|vorlage|slide|folie|layout|print|report)\)?\s*\d*$|about:blank|https?:)/i;

/** The title that a document's properties give it; null where nobody has given it one. */
export function titleOfProperties(title: string): string | null {
  const line = tidyLine(title);
  return /\p{L}{2}/u.test(line) && !NO_TITLE.test(line) ? line : null;
}

/** The day that python-docx and docx4j give whatever is made from their template. */
const OF_TEMPLATE = '2013-12-23';

/** `created` and `modified`, and as `date` the later of them: what is written there holds as of that day. */
export function fieldsOfProperties({ created, modified }: DocumentProperties): DocumentFields {
  const said = { created: dayOfProperty(created), modified: dayOfProperty(modified) };
  const days = Object.entries(said).flatMap(([name, day]) => (day === null ? [] : [[name, day] as const]));
  const [date] = days
    .map(([, day]) => day)
    .toSorted()
    .reverse();
  return date === undefined ? {} : { ...Object.fromEntries(days), date };
}

/** Of `2026-03-15T10:00:00Z` and of `D:20260315100000+01'00'`, the day as it is written. */
function dayOfProperty(text: string): string | null {
  const pdf = /^D:(\d{4})(\d{2})(\d{2})/.exec(text);
  const day = dayOf(pdf === null ? text : pdf.slice(1).join('-'));
  return day === OF_TEMPLATE ? null : day;
}
