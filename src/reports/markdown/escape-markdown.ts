/**
 * Text from outside cannot form links, markup, tables or HTML: addresses lose what renderers make links of (a scheme, `www.`, an `@`), by
 * backslashes that show as nothing.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|#!~@]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}
