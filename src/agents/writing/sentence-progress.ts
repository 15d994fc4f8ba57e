import type { Evidence } from '../evidence.ts';
import { type ClaimedSentence, groundSentence } from '../grounding/ground-sentence.ts';

/** Follows one sentence after the other while a model writes it, and says what of it may be shown. */
export interface SentenceProgress {
  /** Told of all that is written of the sentence so far; returns what can be shown beyond what was before. */
  grow(written: string, evidence: readonly Evidence[]): string;
  /** Told of the whole sentence; returns the rest of it, or a mark that what was shown is taken back. */
  end(sentence: ClaimedSentence, evidence: readonly Evidence[]): string;
}

/** So many words behind the model: what turns a harmless beginning into a claim ("is not" … "exploited") is read before the beginning is shown. */
const WORDS_BEHIND = 4;
/** Stands where a sentence was begun and did not hold. */
const TAKEN_BACK = '[…] ';

/** Creates what follows the sentences of one answer. */
export function followSentences(): SentenceProgress {
  let shown = '';
  let read = 0;
  let isHeld = false;
  return {
    grow(written, evidence) {
      const begun = wholeWords(written);
      if (isHeld || begun.length <= read) return '';
      read = begun.length;
      // Who carries it is said after the text: until then any evidence may.
      const grounding = groundSentence({ text: begun.join(' '), evidence: evidence.map(({ id }) => id) }, evidence);
      isHeld = !grounding.ok;
      const ahead = begun.slice(0, -WORDS_BEHIND).join(' ');
      if (!grounding.ok || ahead.length <= shown.length || !grounding.text.startsWith(ahead)) return '';
      const more = ahead.slice(shown.length);
      shown = ahead;
      return more;
    },
    end(sentence, evidence) {
      const grounding = groundSentence(sentence, evidence);
      const before = shown;
      shown = '';
      read = 0;
      isHeld = false;
      if (grounding.ok && grounding.text.startsWith(before)) return `${grounding.text.slice(before.length)} `;
      if (grounding.ok) return `${TAKEN_BACK}${grounding.text} `;
      return before === '' ? '' : ` ${TAKEN_BACK}`;
    },
  };
}

/** The words that are written to their end. */
function wholeWords(written: string): string[] {
  return written.trimStart().split(/\s+/).slice(0, -1);
}
