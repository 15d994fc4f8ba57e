import { formOf, wordsIn } from '../../knowledge/words-in.ts';

/**
 * Words that decide what a sentence says: how many, until when, under which condition, and verbs that have an opposite. Those of a line may stand for
 * one another; what is written in one of them must stand in the passage in one of the same line. Phrases are tried first.
 */
const LINES: readonly string[] = [
  // How many.
  'all|every|each|any|both|whole|entire|always',
  'only|solely|exclusively|just|restricted to|limited to',
  'most|majority|mostly|usually|generally|typically',
  'few|fewer|several|some|sometimes|partly|partially',
  'none|never|neither|no',
  'rarely|seldom|hardly',
  'half',
  // Bounds.
  'at least|minimum|no less than|not less than|no fewer than|or more|or longer|minimal',
  'at most|maximum|no more than|not more than|up to|no longer than|not exceed|maximal|limited to|within|no later than',
  'more than|over|exceed|above|longer than|greater than|beyond',
  'less than|under|below|fewer than|shorter than|lower than',
  'within|no later than|not later than|at most|under|up to|by the end|inside|less than|at the latest',
  'after|following|once|later|from|afterward|then|subsequently',
  'before|prior|ahead of|until|by the end|previously|preceding',
  'until|till|through|up to|expires|expire|ends|end|valid',
  'since|from|as of|starting|because',
  'during|while|throughout|in the next|over the next',
  // Conditions.
  'even if|even when|regardless|whether or not|irrespective',
  'despite|although|though|notwithstanding|nevertheless',
  'unless|except|if not|other than',
  'except|excepting|excluding|excluded|unless|other than|apart from|but',
  'if|when|where|whenever|in case|provided|should|once|as long as|only|on condition',
  'instead|rather than',
  // How often.
  'hourly|every hour|each hour|per hour|an hour|every 60 minutes',
  'daily|every day|each day|per day|a day|every night|nightly|every 24 hours',
  'weekly|every week|each week|per week|a week|every 7 days|every seven days',
  'monthly|every month|each month|per month|a month',
  'quarterly|every quarter|each quarter|per quarter|a quarter|every three months|every 3 months',
  'yearly|annually|annual|every year|each year|per year|a year|every 12 months|every twelve months',
  'per minute|every minute|each minute|a minute',
  'per second|every second|each second|a second',
  'once|one time',
  'twice',
  'twice a day|twice daily',
  'twice a week|twice weekly',
  'twice a month|twice monthly',
  'twice a year|twice yearly|every six months|every 6 months',
  // Of what.
  'business|working',
  'calendar',
  // What is done, and its opposite.
  'approve|approval|sign off|authorize|authorise|consent|agree',
  'reject|refuse|deny|denied|decline|disapprove|object|veto',
  'accept|acceptance',
  'allow|permit|may|can|grant',
  'forbid|forbidden|prohibit|ban|disallow|not',
  'block|deny|drop|filter|refuse',
  'enable|activate|turn on|turned on|switch on|switched on',
  'disable|deactivate|turn off|turned off|switch off|switched off',
  'upgrade|update',
  'downgrade|roll back|revert',
  'increase|raise|rise|grow',
  'decrease|reduce|lower|fall|decline',
  'include|contain|comprise|cover|part|including',
  'exclude|omit|except|exclusion',
  'start|begin|began|begun|from|launch',
  'stop|end|cease|terminate|finish|halt',
  'open',
  'close|shut',
  'encrypt|encryption',
  'decrypt|decryption|unencrypted',
  'add|append',
  'remove|delete|drop|erase|removal|deletion',
  'install|installation|deploy',
  'uninstall',
  'revoke|withdraw|withdrawn|withdrew|rescind',
  'pass|succeed|success|successful',
  'fail|failure|failed|unsuccessful',
  'connect|connection|attach',
  'disconnect|detach|isolate',
  'optional|voluntary|may|can',
  'recommend|should|advise|recommendation',
  'internal|inside',
  'external|outside',
  'inbound|incoming|ingress',
  'outbound|outgoing|egress',
  'public',
  'private',
  'safe|secure',
  'unsafe|insecure',
  'supported',
  'unsupported',
  'active',
  'passive',
  'employee|staff|personnel|workforce',
  'contractor|freelancer',
  'customer|client',
  'supplier|vendor|manufacturer|provider',
  'online',
  'offline',
  'manual|manually',
  'automatic|automatically|automated',
  'oldest|earliest',
  'newest|latest|most recent',
  'highest|largest|maximum|biggest',
  'lowest|smallest|minimum',
];

/** What must be done is told as what is done, but not of what may be. */
const DUTY = /\b(?:must|shall|required|mandatory|obliged|(?:has|have|need|needs) to)\b/i;
const LEAVE = /\b(?:may|can|might|could|optional|optionally|should|recommended|allowed|permitted)\b/i;

/** What leaves it to somebody outright. */
const FREE = /\b(?:may|optional|optionally|voluntary|voluntarily)\b/i;
const ONLY = /\bonly\b/i;

interface Line {
  readonly phrases: readonly string[];
  readonly words: readonly string[];
}

const TABLE: readonly Line[] = LINES.map((line) => {
  const all = line.split('|');
  return { phrases: all.filter((one) => one.includes(' ')), words: all.filter((one) => !one.includes(' ')) };
});
/** Words that say too little to be told against anybody; they only stand for others. */
const ONLY_CARRIES = new Set(
  'from then not no can may should once part over under first end valid later through where when while but just object cover drop contain inside outside grant connection ends some several agree'.split(
    ' ',
  ),
);
const CARRYING_PHRASES = new Set([
  'if not',
  'other than',
  'limited to',
  'restricted to',
  'in the next',
  'over the next',
  'not exceed',
  'a week',
  'a month',
  'a year',
  'a quarter',
  'a second',
  'a minute',
]);

/** A word of a sentence that decides what it says and that a statement of the passage does not have; null where there is none. */
export function strangeDecidingWord(text: string, statement: string): string | null {
  const said = reader(text);
  const told = reader(statement);
  const isTold = ({ phrases, words }: Line) => phrases.some(told.hasPhrase) || words.some(told.has);
  // A word of several lines is carried by any of them.
  const used = TABLE.flatMap((line) =>
    [
      ...line.phrases.filter((phrase) => !CARRYING_PHRASES.has(phrase) && said.hasPhrase(phrase)),
      ...line.words.filter((word) => !ONLY_CARRIES.has(word) && said.hasAlone(word)),
    ].map((word) => ({ word, line })),
  );
  const strange = used.find(({ word }) => !used.some((one) => one.word === word && isTold(one.line)));
  return strange?.word ?? strangeDuty(text, statement);
}

/** What may be done is no duty, and what must be done is not left to anybody; "only with a ticket" is a duty, too. */
function strangeDuty(text: string, statement: string): string | null {
  const isLeave = LEAVE.test(statement) && !DUTY.test(statement) && !ONLY.test(statement);
  if (isLeave && DUTY.test(text)) return 'must';
  const isDuty = DUTY.test(statement) && !LEAVE.test(statement);
  return isDuty && FREE.test(text) && !DUTY.test(text) && !ONLY.test(text) ? 'may' : null;
}

interface Read {
  readonly has: (word: string) => boolean;
  /** As a word of its own, not in a phrase that means something else. */
  readonly hasAlone: (word: string) => boolean;
  readonly hasPhrase: (phrase: string) => boolean;
}

function reader(text: string): Read {
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  // "no more than" is no "more than", and exceptions are no "except".
  const bounds = lower.replace(/ (?:no|not) (?:more|less|fewer|later|longer|earlier) than /g, ' ');
  const all = wordsIn(text);
  const has = (word: string) => (word.startsWith('except') ? / except(?:ed|ing)? /.test(lower) : all(word));
  // "every 45 days" and "every day" tell how often, and not of how many things.
  const things = wordsIn(
    lower.replace(
      / (?:every|each) (?=(?:\p{N}+ |\p{L}+ )?(?:second|minute|hour|day|night|week|month|quarter|year)s? )/gu,
      ' ',
    ),
  );
  return {
    has,
    hasAlone: (word) => has(word) && things(word),
    hasPhrase: (phrase) =>
      (/^(?:more|less|fewer|later|longer) than$/.test(phrase) ? bounds : lower).includes(` ${phrase} `),
  };
}

const DECIDING = new Set(TABLE.flatMap(({ words }) => words.map(formOf)));

/** Whether a word has lines of its own, by its form. */
export const isDeciding = (form: string): boolean => DECIDING.has(form);
