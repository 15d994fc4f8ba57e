/** Of titles, references and scales something always follows. */
const BEFORE_MORE = new Set(
  (
    'dr prof mr mrs ms mx hr fr dipl ing st vs approx ca bzw vgl cf viz ggf ggfs evtl inkl exkl einschl gem lt zzgl abzgl sog insb bspw zb dh mio mrd ' +
    'tsd e.g i.e z.b d.h i.d.r s.o s.u v.a u.u o.g m.e i.s.v b.c d.c'
  ).split(' '),
);

/** These stand before a number, and are words of their own elsewhere ("No."). */
const BEFORE_NUMBERS = new Set(
  'no nos nr nrn fig figs abb tab eq sec sect ch chap art abs ziff kap para pp pg vol ver rev ref ed bd bl anl'.split(
    ' ',
  ),
);

/** These may end a sentence: they do, unless what follows goes on in lower case or with a number. */
const BEFORE_REST = new Set(
  (
    'etc usw al std stdn min sek hrs jan feb mar apr jun jul aug sep sept oct okt nov dec dez str tel dept est max jr sr mgmt cont resp u.a u.ä o.ä ' +
    'a.m p.m u.v.m allg tägl mtl jährl'
  ).split(' '),
);

/** Names go on in capitals: these end a sentence only where a word that begins sentences follows. */
const IN_NAMES = new Set('inc ltd corp co bros llc plc gov'.split(' '));

/** Words that begin sentences and no names. */
const BEGINNINGS = new Set(
  (
    'a an the this that these those it its he she they we you i his her their our my there here in on at by for from with without to of as if when where while who what ' +
    'which how why after before during since until all any each every no not one some such and but or so then also only however therefore both most ' +
    'der die das den dem des ein eine einen einem einer dieser diese dieses diesem es er sie wir ihr sein seine ihre im am an auf aus bei bis für mit nach ohne ' +
    'seit über um und unter von vor zu zum zur wenn wer was wo wie warum alle jede jeder jedes kein keine nicht nur auch aber oder da dann damit danach dort hier ist sind wird werden is are was were'
  ).split(' '),
);

const MONTHS = /^(?:Jan|Feb|Mär|Maer|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/;

/** What stands before a German ordinal: a date, or the second of several. */
const BEFORE_ORDINALS = new Set(
  'am vom zum bis der die das den dem des im ab seit beim jeden jedem jeder zur und oder ein einem einen einer eine pro nach vor'.split(
    ' ',
  ),
);

/**
 * Whether a point, a question or an exclamation mark at the end of `before` ends a sentence where `after` follows it behind a space. Not after
 * abbreviations (English, German), initials, the number of an item, and German ordinals ("am 31. März").
 */
export function isSentenceEnd(before: string, after: string): boolean {
  const [last = '', earlier = ''] = before.slice(-LOOKED_AT).split(/\s+/).reverse();
  if (!last.endsWith('.')) return true;
  const name = last.slice(0, -1).replace(/^[^\p{L}\p{N}]+/u, '');
  const [next = ''] = /[\p{L}\p{N}]+/u.exec(after.slice(0, LOOKED_AT)) ?? [];
  const goesOn = /^[\p{Ll}\p{N}]/u.test(after);
  if (/^\d{1,2}$/.test(name)) return !isOrdinal(earlier, next);
  if (/^\d{1,2}\.\d{1,2}$/.test(name)) return !goesOn;
  const word = name.toLowerCase();
  if (BEFORE_MORE.has(word) || isSplitAbbreviation(earlier, name)) return false;
  if (BEFORE_NUMBERS.has(word)) return !/^\p{N}/u.test(after);
  if (BEFORE_REST.has(word)) return !goesOn;
  const isInName = IN_NAMES.has(word) || /^(?:\p{Lu}\.)*\p{Lu}$/u.test(name);
  return !isInName || (BEGINNINGS.has(next.toLowerCase()) && !goesOn);
}

/** Characters on either side that tell whether it is one. */
const LOOKED_AT = 60;

/** The number of an item begins its sentence ("3. RETEST"); an ordinal stands before a month, a word in lower case, or a noun that has an article. */
function isOrdinal(earlier: string, next: string): boolean {
  if (earlier === '' || /^\p{Ll}/u.test(next) || MONTHS.test(next)) return true;
  return BEFORE_ORDINALS.has(earlier.toLowerCase()) && /^\p{Lu}/u.test(next) && !BEGINNINGS.has(next.toLowerCase());
}

/** "z. B.", "i. d. R.", "e. g.": letters with a space between, of which each is no initial. */
function isSplitAbbreviation(earlier: string, last: string): boolean {
  if (/^\p{Ll}$/u.test(last)) return true;
  return /^\p{Lu}$/u.test(last) && /^\p{Ll}\.$/u.test(earlier);
}
