import { clipLine } from '../../kernel/clip.ts';
import { splitSentences } from '../../kernel/split-sentences.ts';
import type { ScoredFinding } from '../../ports/assessment-store.ts';
import { collectEvidence, type Evidence, number } from '../evidence.ts';
import { namesOf, plainName, plainVersions } from '../grounding/plain-words.ts';
import { safeSentences, safeTitle, withoutOrders } from '../grounding/untrusted-text.ts';
import { isAgainstVector } from '../grounding/vector-claims.ts';

/**
 * The evidence of a finding as a model may see it: that of the rules, by the same numbers, then what is judged and what the record says, with everything
 * from outside filtered. Filtering takes a while, so that only findings which a model writes about go through it.
 */
export function promptEvidence(finding: ScoredFinding): Evidence[] {
  const products = finding.affected.map(toPlainProduct);
  const names = namesOf(products.flatMap(({ vendor, product }) => [vendor, product]));
  let at = 0;
  const titles = finding.context.map(({ title }) => title);
  const known = collectEvidence(finding).map((piece) => {
    if (piece.topic === 'record') return { ...piece, text: recordText(finding, names) };
    if (piece.topic === 'document') return { ...piece, text: documentText(titles.shift() ?? '', piece.text) };
    if (piece.topic !== 'affected') return piece;
    const product = products[at];
    at += 1;
    return { ...piece, text: product === undefined ? LEFT_OUT : productText(product) };
  });
  const more = [...judgementEvidence(finding), ...descriptionEvidence(finding, names, known)];
  return [...known, ...number(more, known.length + 1)];
}

/** Documents are text from outside like any other. */
function documentText(title: string, text: string): string {
  const safe = withoutOrders(text);
  if (safe === '') return 'a passage that is left out';
  const named = withoutOrders(clipLine(title, TITLE_OF_DOCUMENT));
  return named === '' ? safe : `${named}: ${safe}`;
}

/** Characters of a document's title that tell what it is; file names and titles are shorter. */
const TITLE_OF_DOCUMENT = 80;

/** Stands for a name that is no plain one. */
const LEFT_OUT = 'a product whose name is left out';

interface PlainProduct {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly versions: string | null;
}

function toPlainProduct({ vendor, product, versions }: ScoredFinding['affected'][number]): PlainProduct {
  return {
    vendor: plainName(vendor),
    product: plainName(product),
    versions: versions === null ? null : plainVersions(versions),
  };
}

function productText({ vendor, product, versions }: PlainProduct): string {
  if (product === null) return LEFT_OUT;
  return [vendor, product, versions].filter((part) => part !== null).join(' ');
}

/** A title from outside may hold anything; one that is no plain phrase is left out. */
function recordText({ title, vulnerabilityId }: ScoredFinding, names: ReadonlySet<string>): string {
  const plain = safeTitle(title, TITLE_CHARACTERS, names);
  return plain === null ? vulnerabilityId : `${vulnerabilityId}: ${plain}`;
}

const TITLE_CHARACTERS = 200;
/** Enough for what a weakness is and where; the rest of a description is mostly versions and history. */
const DESCRIPTION_CHARACTERS = 700;

function judgementEvidence({ risk, cwes }: ScoredFinding): Omit<Evidence, 'id'>[] {
  const pieces: Omit<Evidence, 'id'>[] = [];
  if (risk.level !== null) {
    const text = `level ${risk.level}: likelihood ${risk.likelihood} of 5, impact ${risk.impact} of 5`;
    pieces.push({ topic: 'risk', source: 'ERAS', text });
  }
  if (cwes.length > 0) pieces.push({ topic: 'weakness', source: 'CVE record', text: cwes.slice(0, 3).join(', ') });
  return pieces;
}

function descriptionEvidence(
  { description, status }: ScoredFinding,
  names: ReadonlySet<string>,
  known: readonly Evidence[],
): Omit<Evidence, 'id'>[] {
  if (description === null || status === 'rejected') return [];
  const sentences = splitSentences(safeSentences(description, DESCRIPTION_CHARACTERS, names));
  const text = sentences.filter((sentence) => !isAgainstVector(sentence, known)).join(' ');
  return text === '' ? [] : [{ topic: 'description', source: 'CVE record', text }];
}
