import type { Citation } from '../../domain/assessment/finding-schema.ts';
import { splitProse } from '../../kernel/split-sentences.ts';
import { plainText } from '../words.ts';
import type { ProseBlock, Sentence, TableBlock } from './document.ts';
import type { Messages } from './messages/messages.ts';
import { cell, line } from './text.ts';

/** What prose is kept of a field: longer ones are no prose. */
const LONGEST_PROSE = 4000;

/** Who wrote it and what it cites. */
export interface Authorship {
  readonly source: 'llm' | 'rules';
  readonly citations: readonly Citation[];
}

/** A text as sentences with what each cites; citations name the sentence that they carry word by word. Null where there is no text. */
export function proseOf(label: string | null, text: string, by: Authorship, messages: Messages): ProseBlock | null {
  const clean = plainText(text, LONGEST_PROSE);
  if (clean === '') return null;
  const isFromModel = by.source === 'llm';
  return {
    kind: 'prose',
    label,
    ...inLanguage(toSentences(clean, by.citations), isFromModel, messages),
    isFromModel,
    mark: isFromModel ? messages.prose.mark : '',
  };
}

/** Sentences of rules in the reader's language, all or none: half of a paragraph in another would be read by nobody. A model's stay as they are. */
function inLanguage(
  sentences: readonly Sentence[],
  isFromModel: boolean,
  { language, translate }: Messages,
): Pick<ProseBlock, 'sentences' | 'language'> {
  const translated = isFromModel ? [] : sentences.map(({ text }) => translate('prose', text));
  if (translated.length === 0 || translated.includes(null)) return { sentences, language: 'en' };
  return { sentences: sentences.map((sentence, index) => ({ ...sentence, text: translated[index] ?? '' })), language };
}

function toSentences(text: string, citations: readonly Citation[]): Sentence[] {
  const cites = new Map<string, string[]>();
  for (const { claim, evidence } of citations) {
    const sentence = plainText(claim, LONGEST_PROSE);
    if (sentence === '' || !text.includes(sentence)) continue;
    cites.set(sentence, [...new Set([...(cites.get(sentence) ?? []), plainText(evidence, 20)])]);
  }
  const claims = [...cites.keys()].sort((one, other) => text.indexOf(one) - text.indexOf(other));
  const sentences: Sentence[] = [];
  let from = 0;
  for (const claim of claims) {
    const at = text.indexOf(claim, from);
    if (at < 0) continue;
    pushRest(sentences, text.slice(from, at));
    sentences.push({ text: claim, cites: cites.get(claim) ?? [] });
    from = at + claim.length;
  }
  pushRest(sentences, text.slice(from));
  return sentences;
}

function pushRest(sentences: Sentence[], text: string): void {
  for (const rest of splitProse(text)) {
    sentences.push({ text: rest, cites: [] });
  }
}

/** The evidence that prose cites, each piece once; null where it cites none. */
export function evidenceTable(citations: readonly Citation[], messages: Messages): TableBlock | null {
  const pieces = new Map(citations.map((citation) => [citation.evidence, citation]));
  if (pieces.size === 0) return null;
  const { evidence } = messages.finding;
  const byNumber = [...pieces.values()].sort((one, other) => numberOf(one.evidence) - numberOf(other.evidence));
  return {
    kind: 'table',
    caption: evidence.caption,
    columns: [
      { title: evidence.number, weight: 1 },
      { title: evidence.source, weight: 3 },
      { title: evidence.text, weight: 9 },
    ],
    rows: byNumber.map(({ evidence: id, source, text }) => [
      cell(line(id, 20), numberOf(id)),
      cell(line(source, 80)),
      cell(line(text, 300)),
    ]),
    isRowHeaded: true,
    note: null,
  };
}

function numberOf(evidence: string): number {
  return Number(/\d+/.exec(evidence)?.[0] ?? 0);
}
