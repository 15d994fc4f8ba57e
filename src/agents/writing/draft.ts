import type { NarrativePart } from '../../ports/assessment-store.ts';
import type { Evidence } from '../evidence.ts';
import { type ClaimedSentence, groundSentence } from '../grounding/ground-sentence.ts';
import type { NarrativeField } from './answer-schema.ts';

/** A sentence that passed, and the ids of the evidence that carries it. */
interface GroundedSentence {
  readonly text: string;
  readonly citedBy: readonly Evidence[];
}

/** What a model has written of one finding and what of it holds. */
export interface Draft {
  readonly model: string | null;
  /** As the model wrote them, those that passed only. */
  readonly sentences: Readonly<Partial<Record<NarrativeField, readonly ClaimedSentence[]>>>;
  readonly grounded: Readonly<Partial<Record<NarrativeField, readonly GroundedSentence[]>>>;
  /** Sentences that did not pass, and why. */
  readonly violations: readonly string[];
  /** Why the model wrote nothing, where it did not. */
  readonly notes: readonly string[];
  /** Set where the cost cap left the finding to the rules. */
  readonly isCapped: boolean;
}

/** A draft in the response cache. */
export type StoredDraft = Pick<Draft, 'model' | 'sentences' | 'violations'>;

/** The sentence of a field that rules write in any case, and that what a model writes follows. */
export interface Lead {
  readonly field: NarrativeField;
  readonly text: string;
}

/** A draft of nothing, for a reason. */
export function emptyDraft(note: string, isCapped = false): Draft {
  return { model: null, sentences: {}, grounded: {}, violations: [], notes: [note], isCapped };
}

/** Checks a model's sentences of one finding against its evidence. */
export function checkDraft(
  item: Draft['sentences'],
  evidence: readonly Evidence[],
  fields: readonly NarrativeField[],
  model: string,
): Draft {
  const sentences: Partial<Record<NarrativeField, ClaimedSentence[]>> = {};
  const grounded: Partial<Record<NarrativeField, GroundedSentence[]>> = {};
  const violations: string[] = [];
  for (const field of fields) {
    for (const sentence of item[field] ?? []) {
      const result = groundSentence(sentence, evidence);
      if (!result.ok) {
        violations.push(`${field}: ${result.violation}`);
        continue;
      }
      sentences[field] = [...(sentences[field] ?? []), sentence];
      grounded[field] = [...(grounded[field] ?? []), { text: result.text, citedBy: result.citedBy }];
    }
  }
  return { model, sentences, grounded, violations, notes: [], isCapped: false };
}

/** A draft from the cache, checked again; null where it does not hold any more. */
export function readDraft(
  stored: StoredDraft,
  evidence: readonly Evidence[],
  fields: readonly NarrativeField[],
): Draft | null {
  const draft = checkDraft(stored.sentences, evidence, fields, stored.model ?? '');
  return draft.violations.length === 0 ? { ...draft, violations: stored.violations } : null;
}

/** Whether a model has answered in full, be it that not all of it holds. */
export function isAnswered({ model, notes, isCapped }: Draft): boolean {
  return model !== null && notes.length === 0 && !isCapped;
}

/** Whether every field has a sentence that holds. */
export function isWhole({ grounded }: Draft, fields: readonly NarrativeField[]): boolean {
  return missingFields(grounded, fields).length === 0;
}

/** The better of two drafts of one finding, field by field, with the violations of both. */
export function mergeDrafts(first: Draft, second: Draft, fields: readonly NarrativeField[]): Draft {
  const pick = <Kind extends 'sentences' | 'grounded'>(kind: Kind): Draft[Kind] =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const found = first[kind][field] ?? second[kind][field];
        return found === undefined ? [] : [[field, found]];
      }),
    ) as Draft[Kind];
  return {
    model: second.model ?? first.model,
    sentences: pick('sentences'),
    grounded: pick('grounded'),
    violations: [...first.violations, ...second.violations],
    notes: [...first.notes, ...second.notes],
    isCapped: first.isCapped || second.isCapped,
  };
}

function missingFields(grounded: Draft['grounded'], fields: readonly NarrativeField[]): NarrativeField[] {
  return fields.filter((field) => (grounded[field] ?? []).length === 0);
}

/** Why rules wrote although a model answered. */
const NOTHING_HOLDS = 'the model wrote nothing that the evidence carries';

/** What the document gets: the model's sentences that hold, and the rules' text for each field without one. */
export function toPart(
  { model, grounded, violations, notes, isCapped }: Draft,
  fields: readonly NarrativeField[],
  writeByRules: () => NarrativePart,
  leftOut: readonly string[],
  lead: Lead | null,
): NarrativePart {
  const missing = missingFields(grounded, fields);
  if (missing.length === fields.length) {
    const why = notes.length > 0 ? [...notes] : [NOTHING_HOLDS];
    return { ...writeByRules(), notes: why, violations: violations.length, isCapped };
  }
  const byRules = missing.length === 0 && lead === null ? null : writeByRules();
  const texts = fields.map((field) => {
    const written = grounded[field]?.map(({ text }) => text) ?? [];
    if (written.length === 0) return [field, byRules?.[field] ?? ''];
    return [field, [...(lead?.field === field ? [lead.text] : []), ...written].join(' ')];
  });
  const citations = fields.flatMap((field) =>
    (grounded[field] ?? []).flatMap(({ text, citedBy }) =>
      citedBy.map((piece) => ({ claim: text, evidence: piece.id, source: piece.source, text: piece.text })),
    ),
  );
  const replaced = missing.map((field) => `${field}: written by rules`);
  const omitted = leftOut.length === 0 ? [] : [`evidence left out for length: ${leftOut.join(', ')}`];
  return {
    ...Object.fromEntries(texts),
    source: 'llm',
    model,
    citations: [...citationsByRules(byRules, missing, lead), ...citations],
    notes: [...notes, ...replaced, ...omitted],
    violations: violations.length,
    isCapped,
  };
}

function citationsByRules(
  part: NarrativePart | null,
  fields: readonly NarrativeField[],
  lead: Lead | null,
): NarrativePart['citations'] {
  if (part === null) return [];
  const isUsed = (claim: string) =>
    claim === lead?.text || fields.some((field) => part[field]?.includes(claim) ?? false);
  return part.citations.filter(({ claim }) => isUsed(claim));
}
