/** Shorter words fit the narrowest column. */
const LONG = 14;
/** Characters of a long word without punctuation that stay together. */
const TOGETHER = 16;

/**
 * A text cut where a line may break within words that are too long for a column: after punctuation, else every 16 characters. The pieces joined are
 * the text again; nothing is put in.
 */
export function splitLongWords(text: string): readonly string[] {
  if (!HAS_LONG.test(text)) return [text];
  const pieces: string[] = [];
  let piece = '';
  for (const part of text.split(/(\s+)/)) {
    const [first = '', ...more] = [...part].length > LONG ? breakWord(part) : [part];
    piece += first;
    for (const next of more) {
      pieces.push(piece);
      piece = next;
    }
  }
  return [...pieces, piece];
}

const HAS_LONG = new RegExp(`\\S{${LONG + 1}}`, 'u');
const PARTS = /[^\p{P}\p{S}]*[\p{P}\p{S}]+|[^\p{P}\p{S}]+/gu;

function breakWord(word: string): string[] {
  return (word.match(PARTS) ?? [word]).flatMap((part) => {
    // No more characters than code units: most words need no looking at.
    if (part.length <= TOGETHER * 2) return [part];
    const characters = [...segments(part)];
    if (characters.length <= TOGETHER * 2) return [part];
    const count = Math.ceil(characters.length / TOGETHER);
    return Array.from({ length: count }, (_, n) => characters.slice(n * TOGETHER, (n + 1) * TOGETHER).join(''));
  });
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for characters: an emoji of several code points is one. */
function* segments(text: string): Generator<string> {
  for (const { segment } of SEGMENTER.segment(text)) yield segment;
}
