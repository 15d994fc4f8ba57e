/** What every store can keep of a text and give back as it was: UTF-8 has no half of a surrogate pair, PostgreSQL no U+0000. JSON needs none of this, it escapes both. */
export function storableText(text: string): string {
  return text.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
