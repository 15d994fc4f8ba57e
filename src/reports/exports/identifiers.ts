import { PackageURL } from 'packageurl-js';

/** A component of a CPE 2.3 formatted string (NISTIR 7695, section 6.2.3): plain or quoted characters, or ANY or NA. */
const ATTRIBUTE = String.raw`(?:[?]*|[*]?)(?:[\w.-]|\\[!-,/:-@[-^\x60{-~])+(?:[?]*|[*]?)|[*-]`;
const LANGUAGE = '[a-zA-Z]{2,3}(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|[*-]';
const CPE_23 = new RegExp(`^cpe:2\\.3:[aho*-](?::(?:${ATTRIBUTE})){5}:(?:${LANGUAGE})(?::(?:${ATTRIBUTE})){4}$`);
/** A CPE 2.2 URI (NISTIR 7695, section 6.1). */
const CPE_22 = /^cpe:\/[aho]?(?::[\w.~%-]*){0,6}$/i;
const LONGEST = 1000;

/** A CPE that every reader takes; null for any other text. */
export function validCpe(text: string | null): string | null {
  if (text === null || text.length > LONGEST) return null;
  return CPE_23.test(text) || CPE_22.test(text) ? text : null;
}

/** A package URL in its canonical form; null for any other text. */
export function validPurl(text: string | null): string | null {
  if (text === null || text.length > LONGEST || !text.startsWith('pkg:')) return null;
  try {
    const purl = PackageURL.fromString(text).toString();
    return /^[!-~]+$/.test(purl) ? purl : null;
  } catch {
    return null;
  }
}
