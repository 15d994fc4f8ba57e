import { escapeValue } from './cpe-value.ts';

/** Attributes that the edition of a URI may pack, in their order (NISTIR 7695, 6.1.2.1.2): edition first. */
const PACKED = 5;

/** The eleven attributes of a CPE 2.2 URI as values of a formatted string (NISTIR 7695, 6.1.3); null where it is none. */
export function unbindUri(uri: string): readonly string[] | null {
  const components = uri.slice('cpe:/'.length).split(':');
  if (components.length > 7) return null;
  const [part = '', vendor = '', product = '', version = '', update = '', edition = '', language = ''] = components;
  const isPacked = edition.startsWith('~');
  const packed = isPacked ? edition.slice(1).split('~') : [edition];
  if (packed.length > PACKED || (isPacked && packed.length < PACKED)) return null;
  const [ed = '', swEdition = '', targetSw = '', targetHw = '', other = ''] = packed;
  const values = [part, vendor, product, version, update, ed, language, swEdition, targetSw, targetHw, other].map(
    decode,
  );
  return values.some((value) => value === null) ? null : (values as string[]);
}

/** `%01` and `%02` are the wildcards; an empty component is ANY, a hyphen alone NA. */
function decode(component: string): string | null {
  if (component === '') return '*';
  if (component === '-') return '-';
  let value = '';
  for (const piece of component.match(/%[0-9a-f]{2}|[^%]/gi) ?? []) {
    if (piece === '%01') value += '?';
    else if (piece === '%02') value += '*';
    else value += escapeValue(piece.length === 3 ? String.fromCharCode(Number.parseInt(piece.slice(1), 16)) : piece);
  }
  if (/%(?![0-9a-f]{2})/i.test(component)) return null;
  return value === '-' ? '\\-' : value;
}
