/**
 * The characters of bytes 0x80 to 0x9f (WHATWG Encoding Standard, index windows-1252); the five that have none stay control characters. Node's own decoder takes the encoding for
 * ISO 8859-1 in some releases, and drops dashes, quotation marks and the euro.
 */
const UPPER =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Decodes windows-1252, in which every byte is a character; also of what calls itself ISO 8859-1, as browsers do. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (control) => UPPER[control.charCodeAt(0) - 0x80] ?? control);
}
