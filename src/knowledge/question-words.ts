import { splitWords } from './words-in.ts';

/** Words that a question has whatever it is about. */
const STOP_WORDS = new Set(
  (
    'a an and any are as at be been being but by can could did do does for from had has have having he her him his how i if in into is it its ' +
    'itself just me more most my no nor not of off on once only or other our ours out own same she should so some such than that the their them ' +
    'then there these they this those through to too under until up us very was we were what when where which while who whom whose why will with ' +
    'would you your yours about after again against all also am because before between both down during each few further here may might must ' +
    'please shall tell show give list find say says know known'
  ).split(' '),
);

/** Whether a word in lower case tells nothing of its own. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** What is asked for by "how" and "wie" is a measure, in words that no answer has: "How long" is answered by "30 days". */
const MEASURES = new Set(
  (
    'long often soon many much fast quickly frequently far big large old high quick late early ' +
    'lange oft viel viele vielen schnell bald häufig weit groß hoch alt spät früh'
  ).split(' '),
);
const ASKS_FOR_MEASURE = new Set(['how', 'wie']);

/** Words that a German question has whatever it is about; some of them are words of other languages, too. */
const GERMAN_STOP_WORDS = new Set(
  (
    'wie wieviel wieviele wann wer wem wen wessen was wo woher wohin warum weshalb wieso welche welcher welches welchen welchem ist sind war waren wird werden wurde wurden ' +
    'hat haben hatte kann können muss müssen müßen darf dürfen soll sollen der die das den dem des ein eine einen einem einer eines und oder für mit von vom zu zum zur im in am ' +
    'an auf aus bei bis nach über um unter vor seit durch ohne gegen es er sie wir ihr man sich nicht auch noch unser unsere unserer unserem unseren ihre ihren dies diese dieser dieses ' +
    'lange ab gibt gelten gilt'
  ).split(' '),
);
/** A question with one of these is German. */
const GERMAN_QUESTION = new Set(
  'wie wieviel wieviele wann wer wem wen wessen wo woher wohin warum weshalb wieso welche welcher welches welchen welchem'.split(
    ' ',
  ),
);

/** Whether a question is put in German, by its words in lower case. */
export function isGerman(words: readonly string[]): boolean {
  return words.some((word) => GERMAN_QUESTION.has(word)) || (words.includes('was') && words.includes('ist'));
}

/** Words that tell nothing in this question, while they may in others. */
function idleWords(words: readonly string[]): ReadonlySet<string> {
  const measures = words.filter((word, place) => MEASURES.has(word) && ASKS_FOR_MEASURE.has(words[place - 1] ?? ''));
  return new Set([...measures, ...(isGerman(words) ? words.filter((word) => GERMAN_STOP_WORDS.has(word)) : [])]);
}

const MOST_WORDS = 64;

/** The distinct telling words of a question, in lower case and in their order; all of them where none tells anything. */
export function questionWords(question: string): string[] {
  const all = splitWords(question);
  const words = [...new Set(all)];
  const idle = idleWords(all);
  const telling = words.filter((word) => !STOP_WORDS.has(word) && !idle.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/** What stands before what a question is about. */
const BEFORE_THINGS = new Set(
  'the a an our my your their his her its this that these those which what each any of for about in on with to by from against into through over under'.split(
    ' ',
  ),
);

/** Things that a question is about, by their place in it: the last telling word of a run that begins with an article or a preposition. */
export function questionThings(question: string): ReadonlySet<string> {
  const words = splitWords(question);
  const isTelling = (word: string | undefined) => word !== undefined && !STOP_WORDS.has(word);
  return new Set(
    words.filter((word, place) => {
      if (!isTelling(word) || isTelling(words[place + 1])) return false;
      let first = place;
      while (isTelling(words[first - 1])) first -= 1;
      return BEFORE_THINGS.has(words[first - 1] ?? '');
    }),
  );
}
