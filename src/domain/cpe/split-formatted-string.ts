/**
 * The components of a CPE 2.3 formatted string (NISTIR 7695, 6.2), backslashes kept; a colon behind a backslash separates nothing. Null where one
 * is empty: an unescaped colon too many ("soap::lite").
 */
export function splitFormattedString(text: string): readonly string[] | null {
  if (!text.includes('\\')) {
    const parts = text.split(':');
    return parts.includes('') ? null : parts;
  }
  const parts = text.match(/(?:\\.|[^:\\])+/g) ?? [];
  return parts.join(':') === text ? parts : null;
}
