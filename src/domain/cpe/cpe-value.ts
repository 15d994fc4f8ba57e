/** The logical values (NISTIR 7695, 5.3.1): any value at all, and no value because none applies. */
export const ANY = '*';
export const NA = '-';

/** What needs no backslash, and is taken as it is. */
const PLAIN = /^[a-z0-9_.-]+$/;
/** Wildcards at either end only (NISTIR 7695, 5.3.2), in between what is printed in ASCII. */
const VALUE = /^(?:\*|\?+)?(?:\\[!-~]|[!-)+->@-[\]-~])+(?:\*|\?+)?$/;

/** A value in the one form in which equal values are equal texts; null where it is none. */
export function canonicalValue(written: string): string | null {
  if (PLAIN.test(written)) return written;
  const value = written.toLowerCase();
  if (value === ANY || /^\?+$/.test(value)) return value;
  if (!VALUE.test(value)) return null;
  // A quoted hyphen alone is the hyphen, not NA.
  if (value === '\\-') return value;
  const [, start = '', middle = '', end = ''] = /^(\*|\?+)?(.*?)((?<!\\)\*|(?<!\\)\?+)?$/.exec(value) ?? [];
  return start + escapeValue(unescapeValue(middle)) + end;
}

/** The text that a value stands for, without backslashes. */
export function unescapeValue(value: string): string {
  return value.includes('\\') ? value.replaceAll(/\\(.)/g, '$1') : value;
}

/** A text as the value of a formatted string. */
export function escapeValue(text: string): string {
  return text.replaceAll(/[^a-z0-9_.-]/gi, '\\$&');
}
