import { type Clause, clausesOf, toClause } from './clauses.ts';
import { type Saying, says } from './sayings.ts';

/** Sentences that share nearly as much as the nearest one may be what is meant. */
const NEARLY = 0.9;

/**
 * A name, a date or a measure that a sentence says of what another clause of the passage's sentence is about: "Servers within 2 days, laptops within
 * 30 days" does not say that laptops are due within 2 days. Null where some near sentence says it in one clause, or in one and what the first says of all.
 */
export function mixedClauseIn(text: string, sentences: readonly string[]): string | null {
  const known = sentences.map((sentence) => clausesOf(sentence));
  for (const part of partsOf(text, known)) {
    const shared = known.map((clauses) => countShared(part, clauses));
    const most = Math.max(0, ...shared);
    if (most === 0) continue;
    const near = known.filter((_, place) => (shared[place] ?? 0) >= NEARLY * most);
    const mixed = near.map((clauses) => mixedIn(part, clauses));
    const [first = null] = mixed;
    if (first !== null && mixed.every((one) => one !== null)) return first.value;
  }
  return null;
}

/** The whole where it says one thing of each kind, else its parts. */
function partsOf(text: string, known: readonly (readonly Clause[])[]): Clause[] {
  const names = new Set(known.flat().flatMap(({ sayings }) => sayings.filter(isName).map(({ value }) => value)));
  // At its start a name looks like any word.
  const [first = ''] = toClause(text, false).words;
  const startsWithName = names.has(first);
  const whole = toClause(text, startsWithName);
  const kinds = whole.sayings.map(({ kind }) => kind);
  if (new Set(kinds).size === kinds.length) return [whole];
  return clausesOf(text, startsWithName);
}

const isName = ({ kind }: Saying) => kind === 'name';

function countShared({ words, sayings }: Clause, clauses: readonly Clause[]): number {
  const has = (word: string) => clauses.some((clause) => clause.words.has(word));
  return (
    [...words].filter(has).length + sayings.filter((saying) => clauses.some((one) => says(one.sayings, saying))).length
  );
}

/** What a part says of another clause than its own; null where it does not. */
function mixedIn(part: Clause, clauses: readonly Clause[]): Saying | null {
  return part.sayings.find((saying) => isMixed(saying, part, clauses)) ?? null;
}

function isMixed(saying: Saying, part: Clause, clauses: readonly Clause[]): boolean {
  const places = clauses.flatMap((clause, place) => (says(clause.sayings, saying) ? [place] : []));
  const rivals = clauses.filter(
    (clause) => clause.sayings.some(({ kind }) => kind === saying.kind) && !says(clause.sayings, saying),
  );
  if (places.length === 0 || rivals.length === 0) return false;
  return places.every((place) => isElsewhere(saying, part, clauses, place));
}

/** Whether a part with a saying of one clause is about what other clauses are about. */
function isElsewhere(saying: Saying, part: Clause, clauses: readonly Clause[], place: number): boolean {
  const own = clauses[place];
  if (own === undefined) return true;
  const others = clauses.filter((_, at) => at !== place);
  // Another thing of a kind that the clause has one of itself.
  const isForeign = part.sayings.some(
    (one) =>
      !says(own.sayings, one) &&
      others.some((clause) => says(clause.sayings, one)) &&
      own.sayings.some(({ kind }) => kind === one.kind),
  );
  if (isForeign) return true;
  // Words that only a later clause has; those of the first may be about all of them.
  const later = clauses.slice(1).filter((clause) => clause !== own);
  const isOfLater = [...part.words].some(
    (word) => !own.words.has(word) && !clauses[0]?.words.has(word) && later.some((clause) => clause.words.has(word)),
  );
  if (isOfLater) return true;
  // A later clause is meant only where something of it is named.
  const telling = [...own.words].filter((word) => word !== saying.value && !clauses[0]?.words.has(word));
  return place > 0 && telling.length > 0 && !telling.some((word) => part.words.has(word));
}
