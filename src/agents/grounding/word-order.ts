import { isDirection, isTimeUnit, type SentenceWord, sentenceWords } from './sentence-words.ts';

/** A sentence of fewer words in common has no order to speak of. */
const LEAST_SHARED = 3;

/**
 * Whether a sentence says of two things what a statement says of them the other way round, in the same words: "A approves B" of "B approves A". A word
 * is then found around which others have changed sides, in both directions; what only moved to another place ("Within a day, A approves B") has not.
 * Passive and active are made the same first.
 */
export function isTurnedRound(text: string, statement: string): boolean {
  const said = inActiveOrder(text);
  const forms = new Set(said.filter((word) => !isDirection(word)).map(({ form }) => form));
  const told = inActiveOrder(statement);
  const shared = new Set(told.map(({ form }) => form).filter((form) => forms.has(form)));
  return shared.size >= LEAST_SHARED && haveChangedSides(text, said, told);
}

/** Places of words that a sentence has once. */
function placesOf(words: readonly SentenceWord[]): Map<string, number> {
  const places = new Map<string, number>();
  const often = new Set<string>();
  for (const [place, { form }] of words.entries()) {
    if (places.has(form)) often.add(form);
    places.set(form, place);
  }
  for (const form of often) places.delete(form);
  return places;
}

function haveChangedSides(text: string, said: readonly SentenceWord[], known: readonly SentenceWord[]): boolean {
  const here = placesOf(said);
  const there = placesOf(known);
  const shared = said.filter(({ form }) => here.has(form) && there.has(form));
  const things = shared.filter((word) => !isDirection(word));
  const before = (words: ReadonlyMap<string, number>, one: SentenceWord, other: SentenceWord) =>
    (words.get(one.form) ?? 0) < (words.get(other.form) ?? 0);
  return shared.some((pivot) => {
    const left = things.find((one) => before(here, one, pivot) && before(there, pivot, one));
    const right = things.find((one) => before(here, pivot, one) && before(there, one, pivot));
    // A list may be told in any order.
    return left !== undefined && right !== undefined && !(isListed(text, left, pivot) && isListed(text, pivot, right));
  });
}

/** Whether nothing but what joins the items of a list stands between two words. */
function isListed(text: string, one: SentenceWord, other: SentenceWord): boolean {
  const [from, to] = one.at < other.at ? [one, other] : [other, one];
  const between = text.slice(from.at, to.at).replace(/^\S+/, (word) => (word.endsWith(',') ? ',' : ''));
  return (
    /^(?:[\s,]|and\b|or\b|the\b|an?\b|\S+,|\S+ (?:and|or)\b)*$/i.test(between) && /,|\band\b|\bor\b/i.test(between)
  );
}

/** "are approved … by", not "by the end of March"; where no form of "be" is near, the participle stands just before it. */
const PASSIVE =
  /(?:\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}?((?:\w{2,}(?:ed|en|wn|ne|un|pt|ght|ld|de|lt|nt|ut|et)|read|led))\b(?:\s+(?!by\b)[\w-]+){0,5}|\b(\w{2,}(?:ed|en|wn|ne)))\s+by\s+(?!(?:the\s+)?(?:end|next|close|use|means)\b|\d|\w+ing\b)/i;
/** Where the words for who does it end. */
const END_OF_AGENT =
  /[,;]|\b(?:until|since|before|after|within|when|if|unless|because|who|which|that|in|on|at|for|to|from|and then)\b/i;

/** The words of a sentence in the order of the active: who does it, what is done, and what to. */
function inActiveOrder(sentence: string): SentenceWord[] {
  const words = sentenceWords(sentence).filter((word) => !isTimeUnit(word));
  const passive = PASSIVE.exec(sentence);
  if (passive === null) return words;
  const verb = passive.index + passive[0].lastIndexOf(passive[1] ?? passive[2] ?? '');
  const from = passive.index + passive[0].length;
  const end = END_OF_AGENT.exec(sentence.slice(from));
  const to = end === null ? sentence.length : from + end.index;
  const isAgent = ({ at }: SentenceWord) => at >= from && at < to;
  const isVerb = ({ at }: SentenceWord) => at === verb;
  return [
    ...words.filter(isAgent),
    ...words.filter(isVerb),
    ...words.filter((word) => !isAgent(word) && !isVerb(word)),
  ];
}
