/**
 * A text without the difference of upper and lower case, in any alphabet: in capitals first, where "ß" is "SS" and the two forms of sigma are one; composed, so
 * that "é" is one thing however it was written.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}
