/** What stands on a page beside what its author says there: its number, or whom to contact. */
export type AsideKind = 'layout' | 'contact';

const LAYOUT =
  /^\W*(?:(?:page|seite|p\.)\s*\d+(?:\s*(?:of|von|\/)\s*\d+)?|\d+\s*(?:of|von|\/)\s*\d+|\d+|tlp\s*:\s*[a-z+]+)\W*$/i;
/** How such a line begins … */
const ASKS =
  /^\W*(?:for (?:any|more|further|additional|questions?|help|information|details|support)\b|to report\b|please (?:contact|call|e-?mail|report)|contact\b|questions?\b|e-?mail\b|(?:tele)?phone\b|tel\b|fax\b|hotline\b|report (?:it|this|any|all|suspicious)\b|reach\b|call\b|write to\b)/i;
/** … and what it gives. */
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?:\/\/|\bwww\.|(?:\+|\(|\b)\d[\d()\s./-]{6,}\d\b/;

const ONLY_ADDRESSES = /^(?:\W*(?:and\b|or\b|[\w.+-]+@\S+|https?:\/\/\S+|www\.\S+))+\W*$/i;

/** What kind of aside a line or a sentence is; null where it is none. */
export function asideKindOf(text: string): AsideKind | null {
  if (LAYOUT.test(text)) return 'layout';
  return (ASKS.test(text) || ONLY_ADDRESSES.test(text)) && ADDRESS.test(text) ? 'contact' : null;
}

const OF_CONTACT =
  /^(?:contact|phone|telephone|e-?mail|mail|address|number|reach|call|report|hotline|fax|website|url|link|write|notif|escalat)/;

/** Whether a question is about whom to contact, by its words. */
export function asksForContact(words: readonly string[]): boolean {
  return words.some((word) => OF_CONTACT.test(word));
}
