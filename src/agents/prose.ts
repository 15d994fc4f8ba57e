import type { Citation, Finding } from '../domain/assessment/finding-schema.ts';
import type { Evidence, EvidenceTopic } from './evidence.ts';

/** A sentence and the topics of the evidence that it rests on. */
export interface Sentence {
  readonly text: string;
  readonly restsOn: readonly EvidenceTopic[];
}

/** Of a part that rules wrote because rules were asked to. */
export const PLAIN = { notes: [], violations: 0, isCapped: false } as const;

/** Joins sentences into a paragraph; empty ones vanish. */
export function joinSentences(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');
}

/** One citation for each piece of evidence that a sentence rests on. */
export function citeSentences(sentences: readonly Sentence[], evidence: readonly Evidence[]): Citation[] {
  return sentences.flatMap(({ text, restsOn }) =>
    evidence
      .filter(({ topic }) => text !== '' && restsOn.includes(topic))
      .map((piece) => ({ claim: text, evidence: piece.id, source: piece.source, text: piece.text })),
  );
}

/** How decisions and timelines are said in sentences. */
export const TIMELINE_WORDS: Readonly<Record<NonNullable<Finding['bod2604']>['timeline'], string>> = {
  '3_days_forensics': 'within 3 days, with a forensic investigation',
  '3_days': 'within 3 days',
  '14_days': 'within 14 days',
  '60_days': 'within 60 days',
  next_upgrade: 'with the next system upgrade',
};

/** "A, B and C". */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
