import { wordsIn } from '../../knowledge/words-in.ts';
import { sentenceWords } from './sentence-words.ts';

/** What a sentence says of what is to be, may be, is to come or has been; those of a class stand for one another. */
const CLASSES: readonly { readonly said: RegExp; readonly carriedBy?: RegExp }[] = [
  {
    said: /\b(?:may|might|could|optional(?:ly)?|allowed|permitted|darf|dürfen|könnte)\b/iu,
    carriedBy:
      /\b(?:may|might|can|cannot|could|optional(?:ly)?|allow\w*|permit\w*|enabl\w*|darf|dürfen|kann|können|könnte|erlaubt|gestattet)\b/iu,
  },
  {
    said: /\b(?:can|kann|können)\b/iu,
    carriedBy: /\b(?:may|can|cannot|could|darf|kann|können)\b|^(?!.*\b(?:must|shall|muss|müssen)\b)/iu,
  },
  {
    said: /\b(?:should|recommended|advised|soll(?:te|ten|en)?|empfohlen)\b/iu,
    carriedBy:
      /\b(?:should|recommend\w*|advis\w*|soll\w*|empf\w*)\b|^(?!.*\b(?:must|shall|muss|müssen|is|are|was|were|has|have|had|will|may|can|ist|sind|war|wird|werden)\b)/iu,
  },
  {
    said: /\b(?:former(?:ly)?|previously|once owned|used to|no longer|früher|ehemals|nicht mehr)\b/iu,
  },
  {
    said: /\b(?:will|planned|going to|about to|geplant)\b/iu,
    carriedBy: /\b(?:will|shall|must|plan\w*|going to|scheduled|due|geplant|soll\w*)\b/iu,
  },
  {
    said: /\b(?:muss|müssen)\b/iu,
    carriedBy: /\b(?:muss|müssen|ist .*zu|sind .*zu|verpflicht\w*|must|shall)\b/iu,
  },
  {
    said: /\b(?:everyone|everybody|everything|all|(?:every|each)(?! (?:\d+ )?(?:second|minute|hour|day|night|week|month|quarter|year))|always|alle[rnsm]?|jede[rnsm]?|immer)\b/iu,
    carriedBy:
      /\b(?:every\w*|all|each|any|both|always|whole|entire\w*|no|never|none|full\w*|complete\w*|per|hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual\w*|alle[rnsm]?|jede[rnsm]?|immer|sämtliche\w*|kein\w*|nie)\b/iu,
  },
  {
    said: /(?<!\bnot? )\b(?:more|greater|higher|larger)\b/iu,
    carriedBy: /\b(?:more|greater|higher|larger|over|above|exceed\w*|increas\w*|beyond|longer|at least|minimum)\b/iu,
  },
  {
    said: /(?<!\bnot? )\b(?:less|fewer|lower|smaller)\b/iu,
    carriedBy: /\b(?:less|fewer|lower|smaller|under|below|decreas\w*|reduc\w*|shorter|at most|maximum|within)\b/iu,
  },
  { said: /\b(?:high|hoch|hohe[rnsm]?)\b/iu },
  { said: /\b(?:low|niedrig\w*)\b/iu },
  { said: /\b(?:some|several|few|einige|manche)\b/iu },
  {
    said: /\b(?:also|too|even|auch)\b/iu,
    carriedBy: /^(?!.*\b(?:only|solely|exclusively|nur|ausschließlich)\b)/iu,
  },
];

/** What takes something back of what is said, so that it may not be left out. */
const LIMITS =
  /\b(?:partially|partly|almost|nearly|hardly|barely|planned|proposed|expected|attempted|allegedly|teilweise|geplant|voraussichtlich)\b/giu;

/** What a statement may say of when or to whom it applies, and words of which a sentence about the same must have one. */
const CONDITIONS: readonly { readonly told: RegExp; readonly said: RegExp }[] = [
  {
    told: /\b(?:unless|except|excluding|excepting|apart from|außer|ausgenommen|es sei denn)\b/iu,
    said: /\b(?:unless|except\w*|exclud\w*|apart|other than|without|but|not?|außer|ausgenommen|es sei denn|nicht|kein\w*)\b/iu,
  },
  {
    told: /\b(?:only|solely|exclusively|nur|ausschließlich|lediglich)\b/iu,
    said: /\b(?:only|solely|exclusively|just|restricted|limited|reserved|need\w*|requir\w*|must|without|nobody|no|not|nur|ausschließlich|lediglich|muss|müssen|nicht|kein\w*)\b/iu,
  },
  {
    told: /\b(?:if|provided that|as long as|sofern|falls|soweit|solange)\b/iu,
    said: /\b(?:if|provided|when\w*|where|after|following|upon|as long as|once|unless|with|without|in case|whether|sofern|falls|soweit|solange|wenn|bei)\b/iu,
  },
];

/** "X does not mean that Y is not so" denies another thing than "X means that Y is not so". */
const DENIES_MEANING =
  /(?:\bnot|n['’]t|\bnever)\s+(?:\w+ly\s+)?(?:imply|mean|say|guarantee|indicate|prove|show|suggest|ensure)\b/i;

/** A word on whether something must, may, will or did, or on how many, that a statement of the passage does not have, or a condition of it that is left out; null where there is none. `isOfOneClause`: whether a condition is one of all that it says. */
export function strangeModalityIn(text: string, statement: string, isOfOneClause: boolean): string | null {
  for (const { said, carriedBy = said } of CLASSES) {
    const [word] = said.exec(text) ?? [];
    if (word !== undefined && !carriedBy.test(statement)) return word;
  }
  if (DENIES_MEANING.test(text) !== DENIES_MEANING.test(statement)) return 'not';
  const condition = isOfOneClause ? leftOut(text, statement) : null;
  if (condition !== null) return condition;
  const limit = [...statement.matchAll(LIMITS)].map(([word]) => word.toLowerCase());
  return limit.find((word) => !new RegExp(`\\b${word}\\b`, 'iu').test(text)) ?? null;
}

/** A condition or exception of a statement that a sentence leaves out, unless it is about what follows it. */
function leftOut(text: string, statement: string): string | null {
  const has = wordsIn(text);
  for (const { told, said } of CONDITIONS) {
    const match = told.exec(statement);
    if (match === null || said.test(text)) continue;
    const [before, after] = [statement.slice(0, match.index), statement.slice(match.index)].map((part) =>
      sentenceWords(part).map(({ form }) => form),
    );
    const only = (own: readonly string[] = [], others: readonly string[] = []) =>
      own.filter((form) => has(form) && !others.includes(form)).length;
    const isMeant = only(after, before) >= only(before, after);
    if (match.index === 0 || !isMeant) return match[0];
  }
  return null;
}
