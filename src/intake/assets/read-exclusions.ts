/** A sentence in two. */
export interface Exclusions {
  /** The sentence without what it leaves out. */
  readonly wanted: string;
  /** What it leaves out, in its words. */
  readonly excluded: readonly string[];
}

/** Words that leave something out, and when they do. */
interface Form {
  readonly pattern: RegExp;
  /** What is left out; null where it is not, or where that is in doubt. */
  readonly leavesOut: (found: Found) => string | null;
}

interface Found {
  /** The clause up to the words. */
  readonly before: string;
  /** What follows them, to the end of the clause. */
  readonly what: string;
  /** The words themselves. */
  readonly words: string;
  readonly isQuestion: boolean;
  /** Whether the sentence has told before where it is mended, so that "not on web-1" tells where it is not. */
  readonly isOfMending: boolean;
}

/** To the end of a clause: of a name (`web-1.example.org`) a point is a part. */
const WHAT = String.raw`(?<what>(?:(?!\s+but\s|\s+(?:except|assess|check|evaluate)\b|[.!?:](?:\s|$))[^,;()])+)`;

const NEGATION = /\b(?:not?|never|nothing|none|nobody|nowhere|neither|cannot|without)\b|n['\u2019]t\b/i;

/** What makes of "it is fixed on web-1" a wish, a guess or a condition. */
const UNSURE =
  /\b(?:if|whether|until|till|unless|once|before|when|after|sure|ensure|should|must|could|would|might|may|maybe|perhaps|to|why)\b/i;

/** What stands where a place would, and is none: "without delay on web-1", "not only for web-1", "sooner rather than later". */
const NO_PLACE =
  /^(?:also|only|just|merely|solely|simply|even|yet|now|once|again|later|last|least|first|long|all|an?|any|anything|anywhere|everything|everywhere|every|each|so|too|then|there|here|it|we|they|i|is|are|be|been|with|start|begin|focus|please|treat|keep|do|make|forget|fix|patch|mend|sure|safe|vulnerable|known|clear|enough|much|many|more|less|time|hold|scope|doubt|risk|further|undue|delay|fail|exception|question|prejudice|waiting|touching|restarting|rebooting|patching|fixing|stopping|breaking|asking|doing|using|being|prioriti[sz]e|\p{L}+ly)(?![\p{L}\p{N}._-])/iu;

/** "Not on web-1 alone" asks for web-1 and more. */
const NOT_ALONE = /\s(?:only|alone|yet|exclusively|last|later|first)$/i;

const PLACE_BEGINS = /^(?:(?:on|for|in|at)\s+)?(?:(?:the|our|your|my|their)\s+)?/i;

const VERB_BEFORE =
  /\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|need|why|or)\s*$/i;

/** Words that mean "but for"; negated they ask for what follows: "nothing except web-1", "do not skip web-1". */
const BUT_FOR: Form = {
  pattern: new RegExp(
    String.raw`\b(?:(?:all|any|every|everything|everywhere|anywhere)(?:\s+(?!but\b)[\p{L}\p{N}_-]+){0,3}\s+but|minus|save\s+for|except(?:ing)?(?:\s+for)?|exclud(?:e|ing)|exception\s+of|barring|without|(?:other|rather)\s+than|(?:apart|aside)\s+from|instead\s+of|leav(?:e|ing)\s+out|omit|ignore|skip):?\s+${WHAT}`,
    'giu',
  ),
  leavesOut({ before, what, words }) {
    if (NEGATION.test(before) || NO_PLACE.test(what.replace(/^(?:the|our)\s+/i, ''))) return null;
    // "Without a patch on web-1": what lacks is no place.
    const isOther = /^(?:without|ignore|skip)/i.test(words) && /\s(?:on|for|at)\s/i.test(withoutId(what));
    return isOther ? null : what;
  },
};

/** Where it is said to be mended nothing is left to do. */
const MENDED: Form = {
  pattern: new RegExp(
    String.raw`(?:\b(?:is|are|was|were|been|already|now)\s+|[,(]\s*)(?:(?:already|now)\s+)?(?:fixed|patched|mended|mitigated|remediated|resolved)(?:\s+already)?\s+(?:on|in|at|for)\s+${WHAT}`,
    'giu',
  ),
  leavesOut: ({ before, what, isQuestion }) =>
    isQuestion || NEGATION.test(before) || UNSURE.test(before) || NOT_ALONE.test(what) ? null : what,
};

const NOT_TO_ASSESS: Form = {
  pattern: new RegExp(
    String.raw`\b(?:do\s+not|don['\u2019]t|never|need\s+not)\s+(?:assess|include|check|scan|consider|cover|evaluate|rate|report|count|bother\s+(?:with|about))\s+${WHAT}`,
    'giu',
  ),
  leavesOut({ what, isQuestion }) {
    const place = withoutId(what);
    const isPlace = !NO_PLACE.test(place.replace(PLACE_BEGINS, '')) && !NOT_ALONE.test(place);
    return isPlace && !isQuestion ? place : null;
  },
};

/** A negation that stands directly before a place; before a verb ("not patched on web-1") it says that there is something to do. */
const NOT_THERE: Form = {
  pattern: new RegExp(String.raw`\b(?:(?:but\s+)?not|(?:is|are|was|were)n['\u2019]t)\s+${WHAT}`, 'giu'),
  leavesOut({ before, what, words, isQuestion, isOfMending }) {
    const place = what.replace(PLACE_BEGINS, '');
    if (isOfMending || NO_PLACE.test(place) || NOT_ALONE.test(what)) return null;
    const isBut = /^but/i.test(words);
    if (!isBut && (isQuestion || /\b(?:why|whether|if|or)\b/i.test(before))) return null;
    if (place !== what) return what;
    const isVerb = /^\p{L}{3,}ed\b/iu.test(what) || /n['\u2019]t/i.test(words) || (!isBut && VERB_BEFORE.test(before));
    return isVerb ? null : what;
  },
};

/** Words that leave out what stands before them: "build-1 is out of scope". */
const OUT_OF_SCOPE: Form = {
  pattern:
    /(?<=\s)(?:(?:is|are|(?:must|should|shall|will|to)\s+be)\s+)?(?:out\s+of\s+scope|not\s+in\s+scope|excluded|excepted)\b/giu,
  leavesOut({ before, isQuestion }) {
    const clause = before.split(/(?<=^|\s)(?:with|but|while|because|since|as)(?=\s)/i).at(-1) ?? '';
    // Of "on web-1 and build-1 excluded" only the last is left out for sure.
    const isTold = /(?:^|\s)(?:on|for|in|at|of|from|assess|check|CVE-\S+)\s/i.test(clause);
    const parts = isTold
      ? clause.split(/(?<=^|\s)(?:on|for|in|at|of|from|and|assess|check|CVE-\S+)(?=\s|$)/i)
      : [clause];
    const what = (parts.at(-1) ?? '').trim();
    const isNone =
      what === '' || /^CVE-\S+$/i.test(what) || /(?:^|\s)(?:the|an?|was|were|been|be|is|are|\p{L}+ly)$/iu.test(what);
    return isNone || isQuestion || NEGATION.test(before) || UNSURE.test(before) ? null : what;
  },
};

/** In this order: a negation before "except" is looked for before it is taken out itself. */
const FORMS = [BUT_FOR, MENDED, NOT_TO_ASSESS, NOT_THERE, OUT_OF_SCOPE];

/** Characters around the words that are looked at. */
const NEAR = 300;

/**
 * Tells what a sentence leaves out from what it asks for. Where that is in doubt nothing is left out: an asset that is assessed for nothing costs less than one that
 * is forgotten.
 */
export function readExclusions(sentence: string): Exclusions {
  const excluded: { readonly at: number; readonly what: string }[] = [];
  let wanted = sentence;
  for (const { pattern, leavesOut } of FORMS) {
    const pieces: string[] = [];
    let done = 0;
    for (const match of wanted.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const what = leavesOut({
        before: clauseBefore(wanted, match.index),
        what: match.groups?.['what']?.trim() ?? '',
        words: match[0],
        isQuestion: isAsked(wanted, end),
        isOfMending: isMendedBefore(sentence, match.index),
      });
      const from = match.groups === undefined && what !== null ? wanted.lastIndexOf(what, match.index) : match.index;
      if (what === null || from < done) continue;
      excluded.push({ at: from, what });
      // Of the same length, so that all places stay as they are.
      pieces.push(wanted.slice(done, from), ' ;'.padEnd(end - from, ';'));
      done = end;
    }
    wanted = pieces.join('') + wanted.slice(done);
  }
  return { wanted, excluded: excluded.sort((one, other) => one.at - other.at).map(({ what }) => what) };
}

const MENDED_OR_WANTED =
  /\b(?:(?<mended>fixed|patched|mended|mitigated|remediated|resolved|updated|upgraded|assessed|checked)|assess|check|evaluate|look)\b/gi;

function isMendedBefore(sentence: string, index: number): boolean {
  const near = sentence.slice(Math.max(0, index - NEAR), index);
  const own = near.split(/;|[.!?](?:\s|$)/).at(-1) ?? '';
  return [...own.matchAll(MENDED_OR_WANTED)].at(-1)?.groups?.['mended'] !== undefined;
}

function clauseBefore(text: string, index: number): string {
  const near = text.slice(Math.max(0, index - NEAR), index);
  return near.split(/[,;()]|[.!?:](?:\s|$)/).at(-1) ?? '';
}

function isAsked(text: string, index: number): boolean {
  return /[.!?](?=\s|$)/.exec(text.slice(index, index + NEAR))?.[0] === '?';
}

/** "It on build-1" is on build-1. */
function withoutId(what: string): string {
  return what.replace(/^(?:it|this|that|CVE-[\d-]+)\s+/i, '');
}
