/** Whether words stand in a text one after the other, whatever the case and the signs between them: no part of a word, nothing that was made up. */
export function standsIn(text: string, words: string): boolean {
  const wanted = wordsOf(words);
  return wanted !== ' ' && wanted.trim() !== '' && wordsOf(text).includes(wanted);
}

/** Versions keep their dots and hyphens, so that `1.2` does not stand in `1.23` or `11.2`. */
function wordsOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .replace(/\.+(?=\s|$)|(?<=\s|^)\.+/g, '');
  return ` ${plain.trim()} `;
}
