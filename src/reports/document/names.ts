import { LISTED_INLINE } from './limits.ts';
import type { Messages } from './messages/messages.ts';

/** The first few names of a list, and how many more there are. */
export function firstFew(names: Iterable<string>, messages: Messages, total?: number): string {
  const all = [...names];
  const shown = all.slice(0, LISTED_INLINE);
  const rest = (total ?? all.length) - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` ${messages.more(rest)}` : ''}`;
}

/** The names that a bounded set kept; where it kept more than are shown, that there are more. */
export function keptNames(names: ReadonlySet<string>, messages: Messages): string {
  const shown = [...names].slice(0, LISTED_INLINE).join(', ');
  return names.size > LISTED_INLINE ? `${shown} ${messages.andMore}` : shown;
}
