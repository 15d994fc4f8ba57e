/** A text without the difference of upper and lower case, in any alphabet; composed, so that "é" is one thing however it was written. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
