import { messageOf } from '../../kernel/risk-error.ts';
import type { Answer } from '../language-model/model-desk.ts';
import type { ModelTier } from '../language-model/policy.ts';
import { answerSchema, type FindingsAnswer, type NarrativeField } from './answer-schema.ts';
import type { Assignment, BatchAsker } from './assignment.ts';
import { checkDraft, type Draft, emptyDraft, isWhole, mergeDrafts } from './draft.ts';
import { toPrompt } from './findings-prompt.ts';
import { streamSentences } from './stream-sentences.ts';

/** A finding, and what a model has written of it. */
export interface Drafted {
  readonly assignment: Assignment;
  readonly draft: Draft;
}

/** Output tokens that a finding's fields take at most, and what surrounds them. A sentence of forty words with its ids has about 80. */
const TOKENS_PER_SENTENCE = 110;
const SENTENCES_PER_FIELD = 3;
const TOKENS_AROUND = 60;
/** What thinking may take on top, where the tier thinks. */
const THINKING_TOKENS = 2000;

/** What came of asking for a batch: the findings that are done, and what is asked further of the others, each by a call of its own. */
export interface Asked {
  readonly drafted: readonly Drafted[];
  readonly further: readonly (() => Promise<Asked>)[];
}

/**
 * Asks a model for a batch of findings of one tier; followed to its end, there is a draft for each whatever the model does: an answer that
 * cannot be read is asked for again once; findings that are missing from it, or whose sentences do not hold, are asked for again, alone, once; so
 * one poisoned finding loses no other, and what holds can be kept before anything further is asked.
 */
export async function askForFindings(asker: BatchAsker, batch: readonly Assignment[]): Promise<Asked> {
  const first = await askBatch(asker, batch, null);
  if (first.kind === 'none' && first.draft.isCapped && batch.length > 1) return askInParts(asker, batch);
  if (first.kind === 'none' && (batch.length === 1 || !first.isOfContent))
    return { drafted: batch.map((assignment) => drafted(asker, assignment, first.draft)), further: [] };
  const found = (assignment: Assignment) =>
    first.kind === 'none' ? null : (first.drafts.get(assignment.finding.vulnerabilityId) ?? null);
  const isDone = (draft: Draft | null): draft is Draft => draft !== null && isWhole(draft, asker.fields);
  return {
    drafted: batch.flatMap((assignment) => {
      const draft = found(assignment);
      return isDone(draft) ? [drafted(asker, assignment, draft)] : [];
    }),
    further: batch
      .filter((assignment) => !isDone(found(assignment)))
      .map((assignment) => async () => {
        const draft = await askAlone(asker, assignment, found(assignment));
        return { drafted: [drafted(asker, assignment, draft)], further: [] };
      }),
  };
}

/** What the purse does not hold at once it may hold in parts, the first of them first. */
async function askInParts(asker: BatchAsker, batch: readonly Assignment[]): Promise<Asked> {
  const middle = Math.ceil(batch.length / 2);
  const head = await askForFindings(asker, batch.slice(0, middle));
  return { ...head, further: [...head.further, () => askForFindings(asker, batch.slice(middle))] };
}

function drafted(asker: BatchAsker, assignment: Assignment, draft: Draft): Drafted {
  return { assignment, draft: withShown(draft, assignment, asker) };
}

/** What a reader has been shown stands, also where the rest of that answer never came. */
function withShown(draft: Draft, { finding, evidence }: Assignment, { fields, run }: BatchAsker): Draft {
  const shown = fields.flatMap((field) => {
    const found = run.told.shownOf({ key: finding.id, cveId: finding.cveId, field });
    return found === null ? [] : [{ field, ...found }];
  });
  const [first] = shown;
  if (first === undefined) return draft;
  const item = Object.fromEntries(shown.map(({ field, sentences }) => [field, sentences]));
  const ofShown = checkDraft(item, evidence, fields, first.model);
  return mergeDrafts(ofShown, { ...draft, model: draft.model ?? first.model }, fields);
}

async function askAlone(asker: BatchAsker, assignment: Assignment, before: Draft | null): Promise<Draft> {
  const hint =
    before === null
      ? null
      : `These claims had no evidence, leave them out: ${before.violations.slice(0, 5).join('; ')}.`;
  const again = await askBatch(asker, [assignment], hint);
  const draft =
    again.kind === 'none'
      ? again.draft
      : (again.drafts.get(assignment.finding.vulnerabilityId) ?? emptyDraft('the model left this finding out'));
  return before === null ? draft : mergeDrafts(before, draft, asker.fields);
}

type BatchAnswer =
  | { readonly kind: 'drafts'; readonly drafts: ReadonlyMap<string, Draft> }
  /** `isOfContent`: another choice of findings may do better. */
  | { readonly kind: 'none'; readonly draft: Draft; readonly isOfContent: boolean };

async function askBatch(asker: BatchAsker, batch: readonly Assignment[], hint: string | null): Promise<BatchAnswer> {
  const [{ tier } = { tier: 'fast' as ModelTier }] = batch;
  const answer = await ask(asker, batch, tier, hint);
  if (answer.kind !== 'answered') return noAnswer(answer);
  const read = readAnswer(answer.text, asker.fields);
  if (read.ok) return toDrafts(asker, batch, read.value, answer.model);
  const repaired = await ask(
    asker,
    batch,
    tier,
    `Your last answer could not be read (${read.error}). Answer in the JSON schema only.`,
  );
  if (repaired.kind !== 'answered') return noAnswer(repaired);
  const again = readAnswer(repaired.text, asker.fields);
  if (again.ok) return toDrafts(asker, batch, again.value, repaired.model);
  return { kind: 'none', draft: emptyDraft(`${repaired.model} gave no answer that could be read`), isOfContent: true };
}

function noAnswer(answer: Exclude<Answer, { kind: 'answered' }>): BatchAnswer {
  const isOfContent = ['refused', 'cut_off', 'rejected'].includes(answer.kind);
  return { kind: 'none', draft: emptyDraft(answer.reason, answer.kind === 'too_dear'), isOfContent };
}

function ask(asker: BatchAsker, batch: readonly Assignment[], tier: ModelTier, hint: string | null): Promise<Answer> {
  const { task, fields, template, model, desk, run, calls } = asker;
  const findings = batch.map(({ finding, evidence }) => ({ id: finding.vulnerabilityId, evidence }));
  const perFinding = fields.length * SENTENCES_PER_FIELD * TOKENS_PER_SENTENCE + TOKENS_AROUND;
  return desk.ask({
    task,
    tier,
    promptVersion: template.version,
    promptFor: (name) =>
      toPrompt(template, findings, { provider: model.provider, model: name, calls: calls[tier] }, hint),
    maxOutputTokens: TOKENS_AROUND + batch.length * perFinding + (tier === 'deep' ? THINKING_TOKENS : 0),
    signal: run.signal,
    confirm: run.confirm,
    listen: (name) => listenTo(asker, batch, name),
  });
}

/** Nobody listens in most calls; their answers come whole. */
function listenTo(
  { run, fields, onFirstText }: BatchAsker,
  batch: readonly Assignment[],
  model: string,
): ((delta: string) => void) | undefined {
  const tell = run.isStreaming ? streamSentences(fields, batch, run.told, { model }) : null;
  if (tell === null && onFirstText === undefined) return undefined;
  return (delta) => {
    onFirstText?.();
    tell?.(delta);
  };
}

function readAnswer(
  text: string,
  fields: readonly NarrativeField[],
): { readonly ok: true; readonly value: FindingsAnswer } | { readonly ok: false; readonly error: string } {
  try {
    const parsed = answerSchema(fields).safeParse(JSON.parse(unfence(text)));
    if (parsed.success) return { ok: true, value: parsed.data };
    const [issue] = parsed.error.issues;
    return { ok: false, error: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as asked'}` };
  } catch (error) {
    return { ok: false, error: messageOf(error).slice(0, 100) };
  }
}

/** Models without structured output like to wrap JSON in a fence. */
export function unfence(text: string): string {
  return text.replace(/^\s*```(?:json)?\s*/i, '').replace(/\s*```\s*$/, '');
}

function toDrafts(
  { fields }: BatchAsker,
  batch: readonly Assignment[],
  { findings }: FindingsAnswer,
  model: string,
): BatchAnswer {
  const drafts = new Map<string, Draft>();
  for (const item of findings) {
    const id = item.cveId.trim().toUpperCase();
    const assignment = batch.find(({ finding }) => finding.vulnerabilityId.toUpperCase() === id);
    if (assignment === undefined || drafts.has(assignment.finding.vulnerabilityId)) continue;
    drafts.set(assignment.finding.vulnerabilityId, checkDraft(item, assignment.evidence, fields, model));
  }
  return { kind: 'drafts', drafts };
}
