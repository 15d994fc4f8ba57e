/** Readers of documents from outside, for which nothing is certain: whatever is missing or of another type is as good as absent. */

/** The longest text that is kept of a report's field, characters. */
const LONGEST_TEXT = 4000;

/** An object's fields; none where it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** What is found along a path of field names; undefined where any is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    const fields = fieldsOf(current);
    current = Object.hasOwn(fields, name) ? fields[name] : undefined;
  }
  return current;
}

/** A list's entries; a single value is a list of one, a missing one an empty list. (XML: an element that occurs once is no list.) */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** A text or number, trimmed and cut at 4,000 characters; of an XML element with attributes, its text. Null where there is none. */
export function textOf(value: unknown): string | null {
  // Half of a character outside the basic plane is no text.
  return (
    wholeTextOf(value)
      ?.slice(0, LONGEST_TEXT)
      .replace(/[\ud800-\udbff]$/, '') ?? null
  );
}

/** The same uncut, to look for ids in: a list of them may be long, and a cut id is another one. */
export function wholeTextOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'object' && value !== null && '#text' in value) {
    const inner = value['#text'];
    return typeof inner === 'object' ? null : wholeTextOf(inner);
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** The text along a path. */
export function textAt(value: unknown, ...path: readonly string[]): string | null {
  return textOf(at(value, ...path));
}

/** The list along a path. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  return listOf(at(value, ...path));
}

/** The texts of a list, without those that are none. */
export function textsOf(value: unknown): string[] {
  return listOf(value).flatMap((one) => {
    const text = textOf(one);
    return text === null ? [] : [text];
  });
}

/** A number, or a text that is one; null where it is neither. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The first of several texts that is there. */
export function firstText(...values: readonly unknown[]): string | null {
  return firstTextOf(values);
}

/** The first text of a list, of whatever length. */
export function firstTextOf(values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** Texts that are joined at most. */
const MOST_JOINED = 50;

/** The distinct texts of a list as one, such as the versions that mend a vulnerability; null where there are none. */
export function joinTexts(value: unknown): string | null {
  return textOf([...new Set(textsOf(value))].slice(0, MOST_JOINED).join(', '));
}
