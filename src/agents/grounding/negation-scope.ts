import { type SentenceWord, sentenceWords } from './sentence-words.ts';
import { isFiller, synonymsOf } from './synonyms.ts';

/** What a sentence denies. */
export interface NegationScope {
  /** Words that a "not" is about: what follows it in its clause; of "forbidden" the whole clause. */
  readonly words: ReadonlySet<string>;
  /** Of these the ones that the sentence does not have elsewhere, too. */
  readonly only: ReadonlySet<string>;
  /** All words of clauses that deny something, who or what it is said of among them. */
  readonly clauses: ReadonlySet<string>;
  /** Words of its first clause, which may name what all are about. */
  readonly first: ReadonlySet<string>;
  /** Whether it says so of a whole clause: "forbidden". */
  readonly isWhole: boolean;
  readonly isThere: boolean;
}

const NEGATOR =
  /(?<!\p{L})(?:no(?! (?:later|more|less|fewer|longer) than)|not(?! (?:only|just|exceed)\b| (?:later|more|less|fewer|longer) than\b)|never|none|nobody|nothing|nowhere|without|nor|neither|cannot|unable|lack(?:s|ed|ing)?|\p{L}+n['’]t|nicht(?! nur)|kein(?:e[mnrs]?)?|nie|niemals|niemand(?:em|en)?|nichts|nirgends|ohne|weder)(?!\p{L})/iu;
/** What denies all of its clause, who it is said of too. */
const FORBIDDING =
  /(?<!\p{L})(?:forbid(?:den|s)?|prohibit(?:ed|s)?|bann?(?:ed|s)?|disallow(?:ed|s)?|verboten|untersagt|unzulässig)(?!\p{L})/iu;
/** Where a clause ends that something is denied in: not before the rest of a list. */
const CLAUSES =
  /[;,:]\s+|\s+(?=(?:if|unless|in case|wenn|falls)\b)|\s+(?:but|while|whereas|aber|sondern)\s+|\s+(?:and|und)\s+(?=(?:is|are|was|were|has|have|had|must|may|can|could|should|shall|will|the|an?|it|they|he|she|its|their|his|her|this|these|ist|sind|war|wird|werden|muss|darf|kann|soll)\b)/iu;
/** What of a sentence stands under a negation, in English and German. */
export function negationScopeOf(text: string): NegationScope {
  const [denied, others, clauses] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const all = text.split(CLAUSES).map(toDenial);
  for (const { words, from } of all) {
    for (const { form, at } of words) {
      (at >= from ? denied : others).add(form);
      if (from !== Number.POSITIVE_INFINITY) clauses.add(form);
    }
  }
  const only = new Set([...denied].filter((form) => !others.has(form)));
  const first = new Set(all[0]?.words.map(({ form }) => form));
  return {
    words: denied,
    only,
    clauses,
    first,
    isWhole: all.some(({ isWhole }) => isWhole),
    isThere: all.some(({ from }) => from !== Number.POSITIVE_INFINITY),
  };
}

/** From where on a clause denies; never is infinite. */
function toDenial(clause: string) {
  const isWhole = FORBIDDING.test(clause);
  const negator = NEGATOR.exec(clause);
  // Forbidden without a "not": all of the clause; "not forbidden" denies what forbids.
  const from =
    isWhole && negator === null ? 0 : negator === null ? Number.POSITIVE_INFINITY : negator.index + negator[0].length;
  return { words: sentenceWords(clause), from, isWhole };
}

const FORBIDDING_FORM = /^(?:forbid|prohibit|bann?|disallow|verboten|untersagt|unzulassig)/u;

/** Whether a word only forbids. */
export function isForbidding({ form }: SentenceWord, text: string): boolean {
  return FORBIDDING.test(text) && FORBIDDING_FORM.test(form);
}

/**
 * A word that a sentence denies and a passage's statement asserts, or the other way round, in that word or one that stands for it; null where both say
 * the same. `isKnown`: what the sentence is about anyway.
 */
export function oppositeIn(
  words: readonly SentenceWord[],
  said: NegationScope,
  told: NegationScope,
  isKnown: (form: string) => boolean,
): string | null {
  const isIn = (forms: ReadonlySet<string>, form: string) =>
    forms.has(form) || [...synonymsOf(form)].some((one) => forms.has(one));
  const asserted = words.find(({ form }) => !said.words.has(form) && isIn(told.only, form));
  if (asserted !== undefined && !told.isWhole) return asserted.form;
  if (said.isThere && !told.isThere) return 'not';
  if (asserted !== undefined && said.words.size === 0) return 'forbidden';
  const spoken = new Set(
    words.map(({ form }) => form).filter((form) => !isFiller(form) && !FORBIDDING_FORM.test(form)),
  );
  const carried = said.isWhole || told.isWhole ? told.clauses : told.words;
  const strange = [...said.words].find((form) => spoken.has(form) && !isIn(carried, form));
  if (strange !== undefined || said.words.size === 0) return strange ?? null;
  return (
    [...said.clauses].find(
      (form) => spoken.has(form) && ![told.clauses, told.first].some((forms) => isIn(forms, form)) && !isKnown(form),
    ) ?? null
  );
}
