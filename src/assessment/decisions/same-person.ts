import unhomoglyph from 'unhomoglyph';

/** Alphabets whose letters pass for one another: no name has two of them in one word. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Lisu}/u,
];

/**
 * Whether two names may be one person's, as far as texts can tell: the same but for case, accents, encoding, punctuation, the order of their parts, and letters that look alike (Unicode TR39, the skeletons of its
 * `confusables.txt`). Not seen: nicknames, initials, several accounts of one person.
 */
export function isSamePerson(one: string, other: string): boolean {
  const keys = keysOf(one);
  return keysOf(other).some((key) => keys.includes(key));
}

/** The first word of a name that has letters of two alphabets, which is how one name is made to look like another; null where none has. */
export function findMixedWord(name: string): string | null {
  const isMixed = (word: string) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1;
  return (
    name
      .normalize('NFKC')
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .find(isMixed) ?? null
  );
}

/** A capital I looks like an l and a small one does not: both are looked at. In order without gaps, and by words in any order. */
function keysOf(name: string): string[] {
  const plain = unaccented(name);
  // ß in capitals is SS.
  const small = plain.toUpperCase().toLowerCase();
  return [unaccented(unhomoglyph(small)), unaccented(unhomoglyph(plain)).toUpperCase().toLowerCase()].flatMap(
    (text) => {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [text];
      return [`=${words.join('')}`, words.toSorted().join(' ')];
    },
  );
}

function unaccented(text: string): string {
  return text.normalize('NFKD').replaceAll(/[\p{Cf}\p{Mn}]+/gu, '');
}
