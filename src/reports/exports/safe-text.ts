/** The longest text that a document carries of one field, in UTF-16 units. */
const LONGEST = 8000;

/** Text from outside with its lines: no control or direction characters, no halves of characters, bounded. */
export function cleanText(text: string, limit = LONGEST): string {
  const clean = text
    .slice(0, limit * 2)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]|\p{Cf}/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 1).replace(/\p{Cs}$/u, '')}…`;
}

/** The same as one line. */
export function cleanLine(text: string, limit = 1000): string {
  return cleanText(text.slice(0, limit * 2).replace(/\s+/g, ' '), limit);
}

/**
 * Text for fields that viewers may show as Markdown, HTML or SARIF messages: a space keeps what would begin a tag, a link, a reference
 * or a placeholder (SARIF 2.1.0, sections 3.11.5 and 3.11.6) from being one; everything else stays as it is.
 */
export function inertText(text: string, limit = LONGEST): string {
  return cleanText(text, limit)
    .replace(/<(?=[a-z/!?])/gi, '< ')
    .replace(/\](?=[([:])/g, '] ')
    .replace(/\{(?=\d+\})/g, '{ ')
    .replace(/&(?=#?\w+;)/g, '& ')
    .replace(/\b(javascript|vbscript|data):(?=\S)/gi, '$1: ');
}

/** {@link inertText} as one line. */
export function inertLine(text: string, limit = 1000): string {
  return inertText(cleanLine(text, limit), limit + 100);
}

/** Other ids of a vulnerability that a document lists at most. */
const MOST_ALIASES = 50;

/** Other ids of a vulnerability, each once; what has nothing to show is left out. */
export function shownAliases(aliases: readonly string[]): string[] {
  return [...new Set(aliases.slice(0, MOST_ALIASES).map((alias) => inertLine(alias, 200)))].filter((id) => id !== '');
}
