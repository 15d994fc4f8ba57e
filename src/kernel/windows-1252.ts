/**
 * Characters of windows-1252 from 0x80 to 0x9f (WHATWG Encoding Standard, index windows-1252); the five that have none stay control characters. Node's own decoder takes them for those of Latin 1, which
 * are invisible.
 */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The text of bytes of windows-1252, in which every byte is a character, from the same bytes read as Latin 1. */
export function windows1252Of(latin1: string): string {
  return latin1.replace(/[\u0080-\u009f]/g, (control) => UPPER[control.charCodeAt(0) - 0x80] ?? control);
}
