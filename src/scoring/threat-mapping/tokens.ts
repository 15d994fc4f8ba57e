/** Characters of text that are read in all: several times the longest usual description, and a bound on work. */
export const MAX_TEXT_LENGTH = 8_000;

// Words that every advisory uses, so they tell no technique from another.
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'an the of in to and or for is are be by on with as at this that which it its from was were has have had can could ' +
    'may might allow allows allowed allowing via due when not use used using user users vulnerability vulnerabilities ' +
    'contains contain affected affects attacker attackers attack product products version versions issue exists exist ' +
    'within before through other known if eg aka some successful exploitation exploit vulnerable ' +
    'been being more than you your do does did no any all also into per so there their these those'
  ).split(' '),
);

const ADDRESS_OR_ID = /https?:\/\/\S+|\bcve-\d+-\d+/g;
const WORD = /[a-z][a-z0-9+#]+/g;

/** The texts as one lower-case string, cut at {@link MAX_TEXT_LENGTH}, without addresses and CVE ids. */
export function joinTexts(texts: readonly string[]): string {
  let joined = '';
  for (const text of texts) {
    if (joined.length >= MAX_TEXT_LENGTH) break;
    joined += `${text.slice(0, MAX_TEXT_LENGTH - joined.length)} . `;
  }
  return joined.toLowerCase().replace(ADDRESS_OR_ID, ' ');
}

/** The distinct telling words of a text from {@link joinTexts}, in order, with plurals folded into singulars. */
export function findWords(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [word] of text.matchAll(WORD)) if (!STOP_WORDS.has(word)) words.add(toSingular(word));
  return words;
}

// Deliberately no stemmer: features are shown to people as the reason for a mapping, so they stay words.
function toSingular(word: string): string {
  if (word.length < 5 || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
