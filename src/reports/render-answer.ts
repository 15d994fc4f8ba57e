import { basename } from 'node:path';
import { plainText } from './words.ts';

interface Cited {
  readonly document: string;
  readonly title: string;
  readonly page: number | null;
  readonly section: string | null;
  readonly ocr?: true;
}

interface ShownAnswer {
  readonly answer: string;
  readonly found: boolean;
  readonly source: 'rules' | 'llm';
  readonly citations: readonly Cited[];
  readonly passages: readonly (Cited & { readonly score: number; readonly why: readonly string[] })[];
}

const LONGEST_ANSWER = 4000;
const ASKED_IN_VAIN = 'a language model was asked, and no words of its are in the answer';

/** An answer for a terminal: what is said, where it stands, and the passages that were looked at. `askedModel`: whether a model was asked, also in vain. */
export function renderAnswer({ answer, found, source, citations, passages }: ShownAnswer, askedModel: boolean): string {
  const lines = answer.split('\n').map((line) => plainText(line, LONGEST_ANSWER));
  const cited = citations.map((citation, index) => `  [${index + 1}] ${placeOf(citation)}`);
  const note =
    found && source === 'rules'
      ? ['', `Quoted as it stands; ${askedModel ? ASKED_IN_VAIN : 'no language model was asked'}.`]
      : [];
  const seen = passages.map(
    (passage) => `  ${passage.score.toFixed(2)}  ${placeOf(passage)}: ${plainText(passage.why.join('; '))}`,
  );
  return [
    ...lines,
    ...(cited.length > 0 ? ['', 'From', ...cited] : []),
    ...note,
    ...(seen.length > 0 ? ['', 'Passages', ...seen] : []),
    '',
  ].join('\n');
}

function placeOf({ document, title, page, section, ocr }: Cited): string {
  const parts = [
    title,
    basename(document),
    page === null ? '' : `page ${page}`,
    section ?? '',
    ocr ? 'read by OCR' : '',
  ];
  return plainText([...new Set(parts.filter((part) => part !== ''))].join(', '));
}
