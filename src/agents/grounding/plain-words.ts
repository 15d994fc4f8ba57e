import { DESCRIPTION_WORDS } from './description-words.ts';

/**
 * What is no part of saying what a flaw is: words about the text itself, about whoever reads or writes it, about judgements and
 * deadlines that are decided elsewhere. A sentence from outside that holds one is dropped whole.
 */
const TELLING =
  /^(?:acknowledg\w*|agreed?|announce\w*|answer(?:s|ed)?|anybody|anyone|apolog\w*|approv\w*|assert\w*|assess\w*|audience|believ\w*|bogus|bottom|brief|cisa|claim(?:s|ed)?|conclu\w*|condens\w*|confirm(?:s|ed)?|consensus|consider(?:s|ed)?|contact|contest\w*|contrary|danger\w*|deadline(?:s)?|decid\w*|decision(?:s)?|declar\w*|declin\w*|deem\w*|defer(?:red)?|demand\w*|digest(?:s)?|disput\w*|doubt\w*|downgrad\w*|emphas\w*|entr(?:y|ies)|erroneous|everybody|everyone|evidence|exaggerat\w*|explain\w*|exploitation|exploited|fake(?:d)?|false(?:ly)?|fiction\w*|finding(?:s)?|fix(?:es|ed|ing)?|forg(?:et|ot|otten)|footnote|harmless|headline|hoax|hotfix(?:es)?|ignor\w*|imagin\w*|immediate(?:ly)?|impossible|inform(?:ed|s)?|instruct\w*|invent\w*|irrelevant|joke|judg\w*|kev|maintain(?:er|ers|s|ed)|mandat\w*|meaning(?:less)?|mention\w*|mere(?:ly)?|minor|mistak\w*|mitigat\w*|moderate|must|myth|narrat\w*|neglig\w*|never|nobody|nothing|obsolete|official(?:ly)?|optional(?:ly)?|ought|overstat\w*|paragraph|patch(?:es|ed|ing)?|pay(?:s|ing)?|phrase|please|postpone\w*|pretend\w*|priorit\w*|propos\w*|publish\w*|rate(?:s|d)?|rating|reassess\w*|recit\w*|recommend\w*|reject\w*|remark|remediat\w*|remind\w*|repeat\w*|repl(?:y|ies|ied)|report(?:s|ed|er|ers|edly)?|research\w*|resolv\w*|retract\w*|reveal\w*|review(?:s|ed|er|ers)?|said|say(?:s|ing)?|sentence(?:s)?|sever(?:e|ity)|shall|should|solv\w*|speak\w*|stat(?:e|es|ed|ement|ements)|story|suggest\w*|summar\w*|suppos\w*|tell(?:s)?|theoretical(?:ly)?|therefore|translat\w*|trivial(?:ly)?|truth|unconfirmed|uninstall\w*|unimportant|unlikely|unnecess\w*|untrue|update(?:s|d)?|upgrade(?:s|d)?|urgen\w*|vendor(?:s)?|verdict|waiver|warn\w*|whoever|wild|withdraw\w*|workaround(?:s)?|world|wrong(?:ly)?|wrote)$/;
/** What a flaw or its effect is spoken of with: a sentence without any of it says nothing of a flaw. */
const FLAW =
  /\b(?:vulnerab\w*|flaw\w*|weakness\w*|bug\w*|defect\w*|attack\w*|allow\w*|permit\w*|enabl\w*|lead(?:s|ing)?|led|caus\w*|result\w*|trigger\w*|expos\w*|disclos\w*|leak\w*|overflow\w*|underflow\w*|inject\w*|bypass\w*|execut\w*|escalat\w*|corrupt\w*|crash\w*|denial|travers\w*|forg(?:e|ed|ery)|scripting|xss|csrf|ssrf|rce|uaf|dereferenc\w*|out-of-bounds|use-after-free|race|spoof\w*|hijack\w*|deserializ\w*|saniti[sz]\w*|validat\w*|improper\w*|insufficient\w*|missing|incorrect\w*|unauthenticated|unauthori[sz]ed|privilege\w*|malicious\w*|craft\w*|arbitrary|remote\w*|credential\w*|hard-?coded|insecure\w*|unsafe\w*|uninitiali[sz]ed|free|memory|manipulat\w*)\b/i;

const MASK = '…';
/** Of a sentence's words, and at the most, how many may be unknown. */
const MASKED_SHARE = 0.35;
const MOST_MASKED = 8;
const LEAST_WORDS = 5;

/**
 * A sentence of a description as a model may see it: words that descriptions are made of, and names that are known, stand; anything else
 * is masked. Null where little would be left, where it says nothing of a flaw, or speaks of the text, its readers or decisions.
 */
export function plainSentence(sentence: string, names: ReadonlySet<string>): string | null {
  if (!FLAW.test(sentence)) return null;
  const masked = maskWords(sentence, names);
  if (masked === null || masked.words < LEAST_WORDS || masked.unknown > MOST_MASKED) return null;
  return masked.unknown > MASKED_SHARE * masked.words ? null : masked.text;
}

/** A title: the same, but a few words are enough, and they need not speak of a flaw. */
export function plainTitle(title: string, names: ReadonlySet<string>): string | null {
  const masked = maskWords(title, names);
  if (masked === null || masked.words === masked.unknown) return null;
  return masked.unknown > Math.max(1, MASKED_SHARE * masked.words) ? null : masked.text;
}

interface Masked {
  readonly text: string;
  readonly words: number;
  readonly unknown: number;
}

/** Null where a word tells of what descriptions have no business with. */
function maskWords(text: string, names: ReadonlySet<string>): Masked | null {
  let [words, unknown] = [0, 0];
  const kept: string[] = [];
  for (const token of text.split(' ')) {
    const parts = token.toLowerCase().match(/[a-z]+/g) ?? [];
    if (parts.some((part) => TELLING.test(part) && !names.has(part))) return null;
    words += 1;
    if (isKnown(token, parts, names)) kept.push(token);
    else {
      unknown += 1;
      if (kept.at(-1) !== MASK) kept.push(MASK);
    }
  }
  return { text: withEnd(kept.join(' '), text), words, unknown };
}

function withEnd(masked: string, text: string): string {
  return masked.endsWith(MASK) && /[.!?]$/.test(text) ? `${masked}.` : masked;
}

/** A word, words joined by hyphens or slashes, a number, a version; a name that is known. */
function isKnown(token: string, parts: readonly string[], names: ReadonlySet<string>): boolean {
  const bare = token.replace(/^["'(“‘]+|["')”’.,;:!?]+$/g, '');
  if (names.has(bare.toLowerCase()) || isLikeName(bare.toLowerCase(), names)) return true;
  if (bare === '' || /^[≥≤<>=]+$/.test(bare)) return true;
  if (/^v?\d{1,5}(?:\.\d{1,6}){0,4}(?:[a-z]|-?(?:alpha|beta|rc|sp|p)\d*)?$/i.test(bare)) return true;
  if (!/^[A-Za-z]+(?:[-/'’][A-Za-z]+)*$/.test(bare)) return false;
  return parts.every((part) => DESCRIPTION_WORDS.has(part) || names.has(part));
}

const LEAST_ALIKE = 4;

/** "Log4j2" is log4j, with a number behind it. */
function isLikeName(word: string, names: ReadonlySet<string>): boolean {
  const bare = word.replace(/[\d.]+$/, '');
  return bare.length >= LEAST_ALIKE && [...names].some((name) => name.replace(/[\d.]+$/, '') === bare);
}

/** Words that sentences are made of and names are not. */
const GRAMMAR = new Set(
  'a am an and are as at be been but by can could do does for from had has have he her his how i if in into is it its me my no nor not of on or our shall she so than that the their them then there they this to us was we were what when which who whom whose why will with would you your'.split(
    ' ',
  ),
);
/** Words that make a name a statement. */
const STATING =
  /^(?:affected|all|are|be|been|can|could|disable[ds]?|do|does|expose[ds]?|is|it|keep|may|must|no|none|not|only|remain|required|safe|should|that|they|this|unaffected|was|were|will|you|your)$/;
/** Names have few of them: "Internet of Things" has one. */
const MOST_GRAMMAR = 1;
const LONGEST_NAME = 60;
const MOST_NAME_WORDS = 6;

/** A vendor's or product's name as a model may see it; null where it is more like a sentence, or is made of anything but letters and digits. */
export function plainName(name: string): string | null {
  const text = name
    .normalize('NFKC')
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
  if (text === '' || text.length > LONGEST_NAME || !/^[A-Za-z0-9][A-Za-z0-9 .+&'()/-]*$/.test(text)) return null;
  const words = text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  if (text.split(' ').length > MOST_NAME_WORDS || words.some((word) => TELLING.test(word) || STATING.test(word)))
    return null;
  // What is encoded has long runs that are no word.
  if (/[A-Za-z0-9+/]{25,}/.test(text)) return null;
  return words.filter((word) => GRAMMAR.has(word)).length > MOST_GRAMMAR ? null : text;
}

const VERSION_WORDS =
  /^(?:all|and|any|before|below|build|earlier|from|inclusive|later|less|or|prior|release|starting|than|through|to|until|up|update|version|versions|x)$/i;

/** A range of versions as a model may see it: versions, bounds and the words between them; null where there is anything else. */
export function plainVersions(text: string): string | null {
  const tokens = text
    .normalize('NFKC')
    .split(/[\s,;()]+/)
    .filter((token) => token !== '');
  if (tokens.length === 0 || tokens.length > 40) return null;
  const isPlain = tokens.every(
    (token) =>
      /^[≥≤<>=*-]+$/.test(token) ||
      VERSION_WORDS.test(token) ||
      /^(?=.*\d)[A-Za-z]{0,4}[\d.]+(?:[-._+]?(?:alpha|beta|rc|sp|p|r|u|b|hf|cu|patch|build|post|dev|pre)?[-._]?\d*)*[a-z]?$/i.test(
        token,
      ),
  );
  return isPlain ? text.replaceAll(/\s+/g, ' ').trim() : null;
}

/** Words of plain names, in lower case, by which text about them may be read. */
export function namesOf(names: readonly (string | null)[]): ReadonlySet<string> {
  const words = names.flatMap((name) => (name === null ? [] : [name, ...name.split(/[\s/()-]+/)]));
  return new Set(words.map((word) => word.toLowerCase()).filter((word) => word !== ''));
}

/** Longest sentence that can be told by its words to be no plain English. */
const LEAST_TOLD = 2;
const STRANGE_SHARE = 0.4;

/** Whether so many words of a sentence are neither of descriptions nor of its evidence that it is another language, an encoding or a key. */
export function isStrange(sentence: string, isKnown: (word: string) => boolean): boolean {
  const words = sentence.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const strange = words.filter((word) => !DESCRIPTION_WORDS.has(word) && !isKnown(word) && !GRAMMAR.has(word));
  return words.length >= LEAST_TOLD && strange.length > STRANGE_SHARE * words.length;
}
