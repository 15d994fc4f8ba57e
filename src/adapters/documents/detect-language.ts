import type { Block } from '../../domain/knowledge/document.ts';

/** Letters from which on a text tells its language; fewer are a title or a name. */
const LEAST_LETTERS = 60;
/** The same of a question, which is a sentence. */
const LEAST_LETTERS_OF_QUESTION = 12;
/** Characters from the middle of a document: its beginning is a cover and contents. The library looks at no more. */
const SAMPLE = 1000;

/** The language of a document by its paragraphs, as ISO 639-1 names it; null where it is not certain. */
export function detectLanguage(blocks: readonly Block[]): Promise<string | null> {
  const paragraphs = blocks.filter(({ kind }) => kind === 'text');
  const text = wordsOf((paragraphs.length > 0 ? paragraphs : blocks).map((block) => block.text).join(' '));
  return detect(middleOf(text), LEAST_LETTERS);
}

/** The language of a question, as ISO 639-1 names it; null where it is not certain. */
export function detectQuestionLanguage(question: string): Promise<string | null> {
  return detect(wordsOf(question), LEAST_LETTERS_OF_QUESTION);
}

/** Words without ids, addresses, names with digits and abbreviations, which are the same in all languages. */
function wordsOf(text: string): string {
  return text.replace(/\S*[\d/@_\\]\S*|\b\p{Lu}{2,}\b/gu, ' ').replace(/\s+/g, ' ');
}

function middleOf(text: string): string {
  const start = Math.max(0, Math.floor((text.length - SAMPLE) / 2));
  return text.slice(start, start + SAMPLE);
}

async function detect(text: string, leastLetters: number): Promise<string | null> {
  if ((text.match(/\p{L}/gu)?.length ?? 0) < leastLetters) return null;
  // A megabyte of n-grams: loaded where something is read, and not at each start.
  const { eld } = await import('eld/extrasmall');
  const found = eld.detect(text);
  return found.language !== '' && found.isReliable() ? found.language : null;
}
