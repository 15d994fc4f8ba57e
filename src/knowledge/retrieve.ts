import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { splitSentences } from '../kernel/split-sentences.ts';
import type { Embedder, Embedding } from '../ports/embedder.ts';
import type { FoundPassage, KnowledgeFilter, KnowledgeIndex, KnowledgeQuery } from '../ports/knowledge-index.ts';
import { findIdsIn } from './find-ids-in.ts';
import { properNames } from './proper-names.ts';
import { questionThings, questionWords } from './question-words.ts';
import { weighWords, wordsOf } from './weigh-words.ts';
import { wordsIn } from './words-in.ts';

/** A passage in its place among the answers. */
export interface RankedPassage extends FoundPassage {
  /** 0 to 1; comparable within one question. */
  readonly score: number;
  /** Share of the question's telling words that it has, 0 to 1; rarer ones count more. */
  readonly share: number;
  /** There where no document has a thing that the question is about. */
  readonly asksForStranger?: true;
  /** There where nothing that was found of its document has the rarest name in the question. */
  readonly lacksName?: true;
  /** What speaks for it, for people. */
  readonly why: readonly string[];
}

/** Share of words in the mixed score, the rest is meaning's; tuned on half of the queries of the quality gate. */
export const WORDS_SHARE = 0.6;
/** Candidates of each kind of search. */
const CANDIDATES = 100;

/** What a question is answered from. */
export interface RetrievalParts {
  readonly index: KnowledgeIndex;
  readonly embedder: Embedder;
  /** Told why a question is looked for by words and ids alone. */
  readonly onTrouble: (reason: string) => void;
}

/**
 * The passages that speak of a question, best first: BM25 and cosine similarity, each brought to 0 to 1 among the candidates and summed
 * by weight (ranks alone let the weaker of the two spoil the better one); passages that name an id or a host of the question come before all others.
 * `also`: other words and ids that are looked for beside the question's.
 */
export async function retrieve(
  parts: RetrievalParts,
  question: string,
  options: { readonly filters: readonly KnowledgeFilter[]; readonly top: number; readonly also?: string },
  signal: AbortSignal,
): Promise<RankedPassage[]> {
  const embedding = await embedQuestion(parts, question, signal);
  const all = `${question} ${options.also ?? ''}`;
  const words = questionWords(all);
  const ids = findIdsIn(all);
  const { filters, top } = options;
  const query = { words, ids, embedding, filters, limit: CANDIDATES };
  const found = await withNamed(parts.index, query, await parts.index.search(query));
  const things = questionThings(question);
  const { shares, hasStrangeThing } = weighWords(questionWords(question), found, things);
  const shareOf = new Map(found.map(({ id }, place) => [id, shares[place] ?? 0]));
  const stranger = hasStrangeThing ? ({ asksForStranger: true } as const) : {};
  const isOfOther = lacksName(question, found);
  return rank(found, words, ids)
    .slice(0, top)
    .map(({ named, ...passage }) => ({
      ...passage,
      ...stranger,
      ...(isOfOther(passage) ? ({ lacksName: true } as const) : {}),
      share: shareOf.get(passage.id) ?? 0,
      why: explain(passage, words, named),
    }));
}

/**
 * Tells of passages whether they, and what else was found of their documents, lack the rarest of the names in a question. One with a sentence that has all else of
 * the question does not, unless what has the name has half of that, too: a company's documents need not name it.
 */
function lacksName(question: string, found: readonly FoundPassage[]): (passage: FoundPassage) => boolean {
  const names = properNames(question);
  if (names.length === 0) return () => false;
  const texts = found.map(wordsOf);
  const naming = names.map((name) => ({ name, places: placesOf(texts, (has) => name.some(has)) }));
  const rarest = naming.reduce((one, other) => (other.places.length < one.places.length ? other : one));
  const others = questionWords(question).filter((word) => !rarest.name.includes(word));
  const most = Math.max(0, ...rarest.places.map((place) => others.filter((word) => texts[place]?.(word)).length));
  const isElsewhere = rarest.places.length > 0 && others.length > 1 && most < others.length / 2;
  const documents = new Set(rarest.places.map((place) => found[place]?.document.id));
  return ({ document, text }) =>
    !documents.has(document.id) &&
    !(isElsewhere && splitSentences(text).some((sentence) => others.every(wordsIn(sentence))));
}

function placesOf<Item>(items: readonly Item[], isMeant: (item: Item) => boolean): number[] {
  return items.flatMap((item, place) => (isMeant(item) ? [place] : []));
}

/** Names of hosts and the like in a question: letters and digits, in parts. */
const isHostName = (word: string) =>
  /\p{L}/u.test(word) && /\p{N}/u.test(word) && /[-_.]/.test(word) && findIdsIn(word).length === 0;

/** Names of hosts without parts: letters, then digits (`web01`). */
const isPlainName = (word: string) =>
  /^\p{L}{2,}\p{N}{1,4}$/u.test(word) && !TERMS.test(word) && findIdsIn(word).length === 0;
/** What looks like one, and is a term of the field. */
const TERMS =
  /^(?:base|win|windows|office|sha|md|rc|aes|des|rsa|utf|ipv|http|oauth|smb|snmp|tls|ssl|ntlmv|python|php|java|ps|mp|ext|level|tier|phase|step|version|part|page|section|chapter|figure|table|item|note|cvssv?|log|rot|xor|crc|usb|rundll|regsvr|syswow|wow|ec|controlset|pm|am|cve|cwe|ta)\d+$/;
/** A name of few things is that of a host; what many passages have is a term. */
const MOST_NAMING = 8;

/** Names of hosts that a question has, of those without parts the ones that some of what was found has, and little of it. */
function hostsIn(words: readonly string[], hasWords: readonly ((word: string) => boolean)[]): string[] {
  return words.filter((word) => {
    if (isHostName(word)) return true;
    if (!isPlainName(word)) return false;
    const naming = hasWords.filter((has) => has(word)).length;
    return naming > 0 && naming <= MOST_NAMING;
  });
}

/** What was found, and passages that name a host of the question, which other words may have kept out of the candidates. */
async function withNamed(
  index: KnowledgeIndex,
  query: KnowledgeQuery,
  found: readonly FoundPassage[],
): Promise<readonly FoundPassage[]> {
  const names = query.words.filter(isHostName);
  if (names.length === 0 || found.length < CANDIDATES) return found;
  const named = await index.search({ ...query, words: names, ids: [], embedding: null });
  const known = new Set(found.map(({ id }) => id));
  return [...found, ...named.filter(({ id }) => !known.has(id))];
}

/** The model cannot be had, or refuses the question. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(['SOURCE_UNAVAILABLE', 'BAD_INPUT']);

/** Null where the model cannot be asked, or the passages are of another one: then vectors tell nothing. */
async function embedQuestion(
  { index, embedder, onTrouble }: RetrievalParts,
  question: string,
  signal: AbortSignal,
): Promise<Embedding | null> {
  const { model, dimensions } = await index.state();
  if (model === null) return null;
  const other = `the knowledge base is of the model ${model}`;
  if (model !== embedder.model) {
    onTrouble(`${other}, not of ${embedder.model} (eras ingest --reembed)`);
    return null;
  }
  try {
    const [embedding = null] = await embedder.embed([question], signal, 'query');
    if (embedding === null || embedding.length === dimensions) return embedding;
    onTrouble(`${other} with ${dimensions} dimensions, which now gives ${embedding.length}`);
  } catch (error) {
    if (!(error instanceof RiskError) || !WITHOUT_MEANING.has(error.code)) throw error;
    onTrouble(messageOf(error));
  }
  return null;
}

/** A passage in its place, with the ids and hosts of the question that it names: the explanation of those that are shown is made of them. */
type PlacedPassage = Omit<RankedPassage, 'share' | 'why' | 'asksForStranger' | 'lacksName'> & {
  readonly named: readonly string[];
};

/** Puts what was found in order; ties fall to the document's path and the place in it. */
export function rank(
  found: readonly FoundPassage[],
  words: readonly string[],
  ids: readonly string[],
  wordsShare = WORDS_SHARE,
): PlacedPassage[] {
  const mayName = words.some((word) => isHostName(word) || isPlainName(word));
  const hasWords = mayName ? found.map(wordsOf) : [];
  const hosts = hostsIn(words, hasWords);
  const mostWords = Math.max(...found.map(({ bm25 }) => bm25 ?? 0), Number.MIN_VALUE);
  const similarities = found.map(({ similarity }) => similarity ?? 0);
  const [least, most] = [Math.min(...similarities), Math.max(...similarities)];
  const ranked = found.map((passage, place) => {
    const byWords = (passage.bm25 ?? 0) / mostWords;
    const byMeaning = most > least ? ((passage.similarity ?? least) - least) / (most - least) : 0;
    const hasWord = hasWords[place] ?? (() => false);
    const named = [...ids.flatMap((id) => sayNaming(id, passage.ids)), ...hosts.filter(hasWord)];
    const mixed = wordsShare * byWords + (1 - wordsShare) * byMeaning;
    const asked = ids.length + hosts.length;
    const score = asked === 0 ? mixed : (named.length / asked + mixed) / 2;
    return { ...passage, score: Math.round(score * 1e4) / 1e4, named };
  });
  return ranked.sort(
    (left, right) =>
      right.score - left.score || compare(left.document.path, right.document.path) || left.ordinal - right.ordinal,
  );
}

/** An id of the question as a passage names it: itself, or as what stands below it; nothing where it does not. */
function sayNaming(id: string, ids: readonly string[]): string[] {
  if (ids.includes(id)) return [id];
  const below = ids.find((one) => one.startsWith(`${id}.`));
  return below === undefined ? [] : [`${below} (of ${id})`];
}

const SHOWN_WORDS = 6;

function explain(
  { text, section, similarity }: FoundPassage,
  words: readonly string[],
  named: readonly string[],
): string[] {
  const shared = words.length === 0 ? [] : words.filter(wordsIn(`${section ?? ''} ${text}`));
  return [
    ...(named.length > 0 ? [`names ${named.join(', ')}`] : []),
    ...(shared.length > 0 ? [`words: ${shared.slice(0, SHOWN_WORDS).join(', ')}`] : []),
    ...(similarity === null ? [] : [`meaning ${similarity.toFixed(2)}`]),
  ];
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
