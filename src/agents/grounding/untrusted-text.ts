import { splitProse, splitSentences } from '../../kernel/split-sentences.ts';
import { wordsIn } from '../../knowledge/words-in.ts';
import { plainSentence, plainTitle } from './plain-words.ts';

/**
 * Text from outside, made fit to stand in a prompt as data. What a record says of a vulnerability passes; what speaks to whoever
 * reads it does not. Sentences are judged one by one, after undoing the disguises of letters, and only words that descriptions are made of
 * are shown, and `names` that are known.
 */
export function safeSentences(text: string, maxCharacters: number, names: ReadonlySet<string> = new Set()): string {
  const kept: string[] = [];
  let length = 0;
  for (const sentence of splitProse(normalise(text).slice(0, SCANNED_CHARACTERS))) {
    const plain = isPlain(sentence) ? plainSentence(sentence, names) : null;
    if (plain === null) continue;
    if (length + plain.length + 1 > maxCharacters) break;
    kept.push(plain);
    length += plain.length + 1;
  }
  return kept.join(' ');
}

/** A title from outside, made fit in the same way; null where it is not. */
export function safeTitle(title: string, maxCharacters: number, names: ReadonlySet<string>): string | null {
  const text = normalise(title.slice(0, SCANNED_CHARACTERS));
  if (text.length > maxCharacters || !splitProse(text).every(isPlain)) return null;
  return plainTitle(text, names);
}

/** Longer descriptions exist, but what matters stands at their beginning. */
const SCANNED_CHARACTERS = 8000;

/** One form of each letter; nothing that cannot be seen; one line. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[\p{Mn}\p{Me}]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Whether a sentence speaks of things and not to a reader, holds no markup, no address and nothing encoded. */
function isPlain(sentence: string): boolean {
  if (SECOND_PERSON.test(sentence)) return false;
  return !matchesAny(sentence, [...FOREIGN, ...SPEAKS_TO_MODEL, ...COMMANDS], [...SPEAKS_TO_MODEL, ...COMMANDS]);
}

function matchesAny(sentence: string, plain: readonly RegExp[], disguised: readonly RegExp[]): boolean {
  if (plain.some((pattern) => pattern.test(sentence))) return true;
  const readings = undoDisguise(sentence);
  return disguised.some((pattern) => readings.some((reading) => pattern.test(reading)));
}

/** Words that a model's prose about a vulnerability does not need, and a model that obeys someone else does. */
const OBEDIENT: readonly RegExp[] = [
  /\b(?:instructions?|prompts?|api[- ]?keys?|secret keys?|passphrase|as an ai|as requested|as instructed|(?<!exploitation (?:has been |is |was )?)confirmed(?! (?:active )?exploitation)|comply|complied|override|hacked|pwned|certified|approved)\b/i,
  /\b(?:visit|contact|e-?mail|phone|telephone|subscribe|bitcoin|wallet|donate)\b/i,
];

/** Longest sentence that a model may write, characters. */
const LONGEST_SENTENCE = 600;

/** What keeps a model's sentence from being plain prose; null: nothing. */
export function impurityIn(sentence: string): string | null {
  if (sentence.length > LONGEST_SENTENCE) return 'a sentence that is too long';
  if (sentence !== normalise(sentence)) return 'characters in disguise';
  if (/[<>`|{}[\]\\^~*_#]/.test(sentence.replace(/\b\w+_\w+\b/g, ''))) return 'markup';
  if (matchesAny(sentence, [...FOREIGN, ...SPEAKS_TO_MODEL, ...OBEDIENT], SPEAKS_TO_MODEL))
    return 'words that speak to someone else';
  return null;
}

/** What keeps a sentence of an answer from being plain prose; words that passages use, answers may use. Null: nothing. */
export function impurityOfAnswerIn(sentence: string, cited: string): string | null {
  if (sentence.length > LONGEST_SENTENCE) return 'a sentence that is too long';
  if (sentence !== normalise(sentence)) return 'characters in disguise';
  if (/[<>`{}[\]\\^~]|https?:|javascript:/i.test(withoutPlaces(sentence, cited))) return 'markup';
  if (matchesAny(sentence, SPEAKS_OF_MODELS, SPEAKS_OF_MODELS)) return 'words that speak to someone else';
  const obedient = OBEDIENT.map((pattern) => pattern.exec(sentence)?.[0]).find((said) => said !== undefined);
  if (obedient === undefined || cited.toLowerCase().includes(obedient.toLowerCase())) return null;
  // In another form: what is to be approved was "approved by".
  if (wordsIn(cited)(obedient.toLowerCase())) return null;
  return 'words that speak to someone else';
}

/** A sentence without the addresses and paths that passages have as they are. */
function withoutPlaces(sentence: string, cited: string): string {
  return sentence.replace(/\bhttps?:\/\/[^\s<>`{}[\]^]+|(?<!\S)[a-z]:\\[^\s<>`{}[\]^]+/gi, (place) =>
    cited.includes(place) ? '' : place,
  );
}

/** A company's text without the sentences that speak to a language model. */
export function withoutOrders(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      splitSentences(line)
        .filter((sentence) => !matchesAny(sentence, SPEAKS_OF_MODELS, SPEAKS_OF_MODELS))
        .join(' '),
    )
    .filter((line) => line !== '')
    .join('\n');
}

/** "Ignore all previous instructions" and the like in German, French and Spanish, in either order of verb and object; and marks of roles in a conversation. */
const ORDERS_IN_OTHER_LANGUAGES: readonly RegExp[] = [
  // To whoever reads: "missachtet jemand die Regeln" is a policy's own.
  /(?<!\p{L})(?:ignoriere?|missachte|vergiss|verwirf|(?:ignorieren|missachten|vergessen|verwerfen) sie)(?!\p{L}).{0,60}(?:anweisung|instruktion|vorgabe|befehl|prompt|regel|vorherig|bisherig|obig|oben|davor)/iu,
  /(?<!\p{L})(?:vorherig|bisherig|vorangegangen|obig|früher)e[nr]? (?:anweisung|instruktion|vorgabe|befehl|prompt).{0,40}(?:ignorier|missacht|vergess|verwerf)/iu,
  /(?<!\p{L})(?:ignore[zr]?|oublie[zr]?|n[eé]glige[zr]?)(?!\p{L}).{0,60}(?:instruction|consigne|directive|r[eè]gle|pr[eé]c[eé]dent|ci-dessus)/iu,
  /(?<!\p{L})(?:ignor(?:a|e|en|ar|ad)|olvid(?:a|e|en|ar|ad)|descart(?:a|e|en|ar))(?!\p{L}).{0,60}(?:instrucci[oó]n|indicaci[oó]n|directri[zc]|regla|anterior|previ[ao])/iu,
  /^\W*(?:system|assistant|user|developer|human|ai|système|sistema|asistente)\s*(?:message|prompt|nachricht)?\s*[:>\]]\s*(?:you|your|du|sie|ihr|vous|tu|usted|ignor\p{L}*|disregard|forget|from now|ab jetzt|d[eè]sormais|behave|answer|respond)(?!\p{L})/iu,
  /<\|[a-z_]{1,20}\|>|\[\/?(?:inst|system|sys)\]|<<\/?sys>>|^#{2,3}\s*(?:system|instruction|assistant)s?\s*:/i,
  /(?<!\p{L})(?:you are now (?:an?|in|dan|un\p{L}+|no longer)|from now on,? you|du bist (?:jetzt|nun|ab (?:jetzt|sofort))|sie sind (?:jetzt|nun|ab (?:jetzt|sofort)) (?:ein|eine|der|die)|(?:tu es|vous [eê]tes) (?:maintenant|d[eé]sormais)|(?:ahora|a partir de ahora) (?:eres|usted es)|(?:eres|usted es) ahora)(?!\p{L})/iu,
  /(?<!\p{L})(?:neuen?|nouvelles?|nuevas?)\s+(?:anweisung|instruktion|systemprompt|instruction|consigne|instrucci[oó]n)/iu,
  /(?<!\p{L})(?:antworte|antworten sie|r[eé]ponds|r[eé]pondez|responda)(?!\p{L}).{0,20}(?:dass|nur|immer|stets|que|toujours|seulement|siempre|solo|sólo)(?!\p{L})/iu,
];

/**
 * What speaks to a reader or a model, or judges in its place: descriptions of vulnerabilities do neither. Wide on purpose: a dropped
 * sentence costs the model some colour, a kept one may cost its honesty. Looked for in every disguise.
 */
const SPEAKS_OF_MODELS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|prompt|rule|above|previous|prior|earlier|guideline|polic|everything|evidence|context)/i,
  /\b(?:system|developer|hidden|initial|original)\s+(?:prompt|message|instruction)/i,
  /\b(?:new|following|these|those|your|my|our)\s+(?:instruction|task|role|rule|order|directive)s?\b/i,
  /\b(?:assistant|chatbot|language models?|llms?|openai|anthropic|ai (?:models?|agents?|systems?)|summari[sz]er)\b/i,
  /\byour (?:answer|output|reply|response|summary|report|job|task|role)\b/i,
  /\b(?:jailbreak|role-?play|pretend (?:to|that)|prompt injection|base ?64|rot ?13|morse|leet ?speak|pig latin)\b/i,
  ...ORDERS_IN_OTHER_LANGUAGES,
];

/** What else speaks to a reader or judges; a company's own documents may. */
const SPEAKS_TO_MODEL: readonly RegExp[] = [
  ...SPEAKS_OF_MODELS,
  /\byou (?:are|must|should|will|shall|can|have|need)\b/i,
  /\b(?:false positive|harmless|(?:no|without) (?:action|patch|fix|remediation|risk|impact)s?\b.{0,30}\b(?:needed|required|necessary)|not (?:a )?(?:vulnerability|exploitable|real)\b|(?:can|may|should) (?:safely )?be (?:ignored|skipped|closed|dismissed)|safe to (?:ignore|skip)|low (?:priority|risk)|informational only|accepted risk|risk accepted|risk is accepted|out of scope|won't fix)/i,
];

/** Commands to the reader, and levels: records have neither, while prose on what to do has both. */
const COMMANDS: readonly RegExp[] = [
  /\b(?:rated?|risk|severity|priority|level)\b.{0,15}\b(?:low|none|informational)\b/i,
  /(?:^|[:;"'“‘«(]\s*)(?:please\b|kindly\b|(?:(?:then|now|so|and|also|just)\s+)*(?:respond|reply|answer|output|print|repeat|translate|summari[sz]e|say|write|state|append|mention|rate|classify|mark|treat|consider|assign|lower|downgrade|reveal|disclose|show|encode|decode|ignore|disregard|forget|pretend|act|call|visit|open|click|download|contact|email|send|tell|describe|report|set|use|run|execute|do|don't|never|always|stop|begin|end|note|attention|important|warning|urgent|reminder|notice|hello|dear)\b)/i,
];

const SECOND_PERSON = /\b(?:you|your|yours|yourself|i'm|i am|my|we|our|us)\b/i;

/** What has no place in an English description: addresses, markup, code, encodings, other scripts and languages. */
const FOREIGN: readonly RegExp[] = [
  /https?:|ftp:|data:|javascript:|mailto:|www\.|\S@\S|!\[|\]\(|<\/?[a-z!]|```|\{\{|\}\}|<\||\|>|\[\/?(?:inst|sys)/i,
  /(?:^|\s)(?:#{1,6}\s|>{1,3}\s|-{3,}|={3,}|\*{2,})/,
  /\b(?:findings?|evidence|json|schema|cveid|citations?|summary|narrative|fields?|answer|output|system|user)\s*["'”]?\s*[:=]/i,
  /^\s*[[{"]|\[E\d+\]/,
  /(?:(?<!\p{L})\p{L}(?!\p{L})[\s._*-]+){6,}/u,
  /[A-Za-z0-9+/]{48,}={0,2}|(?:\b[0-9a-f]{2}[\s:]){12,}|\b[0-9a-f]{40,}\b|(?:\\[ux][0-9a-f]{2,4}){3,}|(?:%[0-9a-f]{2}){3,}|(?:&#?\w{1,8};){2,}|(?:[.-]{1,6}\s\/?\s?){6,}|(?:[01]{8}\s?){4,}/i,
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Cherokee}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Braille}]/u,
  /(?<!\p{L})(?:ignorier(?:e|en|t)|ignorez|ignora|ignorar|ignoruj|ignorera|negeer|vergiss|oubliez?|olvida|esque[cç]a|dimentica|zapomnij|anweisung(?:en)?|consignes|instrucciones|instru[cç][oõ]es|istruzioni|instrukcje|instructies|instruktioner(?:na)?|antworte|schreibe|bewerte|r[eé]ponds|[eé]cris|responde|escribe|escreva|scrivi|rispondi|napisz|schrijf|skriv|yaz[ıi]n?|görmezden|talimat(?:lar[ıi])?|classez|clasifica|classifique|valuta|oce[nń]|harmlos|inoffensi[fv][eoa]?|innocuo|nieszkodliw[ay]|ongevaarlijk|ofarlig|zarars[ıi]z|niedrig|faible|bajo|baixo|basso|niski(?:e)?|laag|l[aå]g|d[uü][sş][uü]k)(?!\p{L})/iu,
];

/** What a sentence says once its disguise is undone: accents, digits and signs for letters, reversal, rotation by 13. */
function undoDisguise(sentence: string): string[] {
  const bare = sentence.normalize('NFD').replace(/\p{Mn}/gu, '');
  const letters = bare.replace(/[\w@$!|]+/g, (word) =>
    /[a-z]/i.test(word) ? word.replace(/[013457@$!|]/g, (sign) => LEET[sign] ?? sign) : word,
  );
  return [bare, letters, [...sentence].reverse().join(''), sentence.replace(/[a-z]/gi, rotate13)];
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
};

function rotate13(letter: string): string {
  const code = letter.charCodeAt(0);
  const base = code >= 97 ? 97 : 65;
  return String.fromCharCode(((code - base + 13) % 26) + base);
}
