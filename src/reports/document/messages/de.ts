import { EN } from './en.ts';
import type { Messages } from './messages.ts';

export const DE: Messages = { ...EN, locale: 'de-DE' };
