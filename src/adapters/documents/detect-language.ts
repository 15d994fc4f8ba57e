import type { Block } from '../../domain/knowledge/document.ts';

/** What a text must have to tell its language; less is a title or a name. */
interface Least {
  readonly letters: number;
  /** However long: two names are in no language. */
  readonly words: number;
}
const LEAST: Least = { letters: 60, words: 8 };
/** The same of a question, which is a sentence. */
const LEAST_OF_QUESTION: Least = { letters: 12, words: 4 };
/** Characters from the middle of a document: its beginning is a cover and contents. The library looks at no more. */
const SAMPLE = 1000;

/** The language of a document by its paragraphs, as ISO 639-1 names it; null where it is not certain. */
export function detectLanguage(blocks: readonly Block[]): Promise<string | null> {
  const paragraphs = blocks.filter(({ kind }) => kind === 'text');
  const text = wordsOf((paragraphs.length > 0 ? paragraphs : blocks).map((block) => block.text).join(' '));
  return detect(middleOf(text), LEAST);
}

/** The language of a question, as ISO 639-1 names it; null where it is not certain. */
export function detectQuestionLanguage(question: string): Promise<string | null> {
  return detect(wordsOf(question), LEAST_OF_QUESTION);
}

/** Words without ids, addresses, names with digits and abbreviations, which are the same in all languages. */
function wordsOf(text: string): string {
  return text.replace(/\S*[\d/@_\\]\S*|\b\p{Lu}{2,}\b/gu, ' ').replace(/\s+/g, ' ');
}

function middleOf(text: string): string {
  const start = Math.max(0, Math.floor((text.length - SAMPLE) / 2));
  return text.slice(start, start + SAMPLE);
}

/** Words, and letters of scripts that set no spaces between them. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}])+/gu;

async function detect(text: string, least: Least): Promise<string | null> {
  const words = text.match(WORDS) ?? [];
  if (words.length < least.words || words.join('').length < least.letters) return null;
  // A megabyte of n-grams: loaded where something is read, and not at each start.
  const { eld } = await import('eld/extrasmall');
  const found = eld.detect(text);
  return found.language !== '' && found.isReliable() ? found.language : null;
}
