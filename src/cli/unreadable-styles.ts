import { clipLine } from '../kernel/clip.ts';
import type { DocumentSettings } from '../reports/report.ts';

/** Styles that a line names; a template may have hundreds. */
const MOST_NAMED = 5;

/** That styles of a Word template are not taken as they are; null where all are. */
export function unreadableStyles({ template }: Pick<DocumentSettings, 'template'>): string | null {
  const names = template?.word?.unreadable ?? [];
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMED).map((name) => `"${clipLine(name, 60)}"`);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `warning: the Word template has text that cannot be read (white, or smaller than 6 pt) in ${shown.join(', ')}${more}: these colours and sizes are not taken`;
}
