import type { Language } from '../document.ts';
import { DE } from './de.ts';
import { EN } from './en.ts';
import type { Messages } from './messages.ts';

const MESSAGES: Readonly<Record<Language, Messages>> = { en: EN, de: DE };

/** The fixed words of a language. */
export function messagesOf(language: Language): Messages {
  return MESSAGES[language];
}
