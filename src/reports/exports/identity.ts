import { createHash } from 'node:crypto';

/** What ERAS' ids are derived under: a name-based UUID of its own. */
const NAMESPACE = Buffer.from('5f1d0c6e7a534c0e9d4b8e2f3a9c7b10', 'hex');

/** A UUID from what it is for: the same for the same (version 5: RFC 9562, section 5.5). */
export function uuidOf(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A moment as RFC 3339 has it; null where a text from outside is none. */
export function toMoment(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** A text as a URI keeps it (RFC 3986): what may not stand in one is percent-encoded; it should begin with a scheme. */
export function toUri(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/%(?![\da-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/giu, (character) => encodeURIComponent(character))
    .replace(/(?<=#.*)#/g, '%23');
}

/** A file's path as a relative reference, or an absolute one as a `file:` URI; nothing in a name becomes a scheme. */
export function toFileUri(path: string): string {
  const parts = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('\\', '/')
    .split('/')
    .map(encodeURIComponent);
  const encoded = parts.join('/').replace(/^([A-Za-z])%3A\//, '/$1:/');
  return encoded.startsWith('/') ? `file://${encoded.replace(/^\/+/, '/')}` : encoded;
}
