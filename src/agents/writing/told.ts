import type { AgentEvent } from '../../domain/assessment/events.ts';
import type { ClaimedSentence } from '../grounding/ground-sentence.ts';
import type { NarrativeField } from './answer-schema.ts';

/** What a reader has been shown of a run's prose, so that the rest can follow and nothing is shown twice. */
export interface Told {
  /**
   * Shows a sentence of a field, after those before it. The first call that writes a sentence of a field has the field: those of other
   * calls, made again for whatever reason, are not shown.
   */
  sentence(target: TellTarget, call: ModelCall, sentence: ClaimedSentence, text: string): void;
  /** Shows what stands before anything that a model writes. */
  lead(target: TellTarget, text: string): void;
  /** What has been shown of a field by the call that has it; null where nothing was. */
  shownOf(target: TellTarget): Shown | null;
  /** Shows what of the final text has not been shown yet; what was shown and is no part of it is taken back. */
  finish(target: TellTarget, text: string): void;
}

/** A field of a finding; `cveId` null: the executive summary. */
export interface TellTarget {
  readonly key: string;
  readonly cveId: string | null;
  readonly field: NarrativeField;
}

/** One call of a model. Calls are told apart by identity: a call made again is another. */
export interface ModelCall {
  readonly model: string;
}

/** The sentences of a field that were shown, as the model wrote them. */
export interface Shown extends ModelCall {
  readonly sentences: readonly ClaimedSentence[];
}

/** Stands between what did not hold in the end and what does. */
const TAKEN_BACK = ' […] ';

interface Field {
  call: ModelCall | null;
  sentences: ClaimedSentence[];
  text: string;
}

/** Creates an empty memory of what a run has shown. */
export function createTold(emit: (event: AgentEvent) => void): Told {
  const fields = new Map<string, Field>();
  const nameOf = ({ key, field }: TellTarget) => `${key}\n${field}`;

  function show(target: TellTarget, field: Field, text: string): void {
    if (text === '') return;
    field.text += text;
    emit({ type: 'narrative-delta', cveId: target.cveId, field: target.field, text });
  }

  return {
    sentence(target, call, sentence, text) {
      const field = fields.get(nameOf(target)) ?? { call, sentences: [], text: '' };
      fields.set(nameOf(target), field);
      field.call ??= call;
      if (field.call !== call) return;
      field.sentences.push(sentence);
      show(target, field, field.text === '' ? text : ` ${text}`);
    },
    lead(target, text) {
      const field: Field = { call: null, sentences: [], text: '' };
      fields.set(nameOf(target), field);
      show(target, field, text);
    },
    shownOf(target) {
      const field = fields.get(nameOf(target));
      return field?.call == null ? null : { model: field.call.model, sentences: field.sentences };
    },
    finish(target, text) {
      const field = fields.get(nameOf(target)) ?? { call: null, sentences: [], text: '' };
      show(target, field, text.startsWith(field.text) ? text.slice(field.text.length) : `${TAKEN_BACK}${text}`);
      fields.delete(nameOf(target));
    },
  };
}

/** Where nobody reads while it is written. */
export const NOBODY_LISTENS: Told = {
  lead: () => undefined,
  sentence: () => undefined,
  shownOf: () => null,
  finish: () => undefined,
};

/** The executive summary as a target. */
export const SUMMARY: TellTarget = { key: '', cveId: null, field: 'summary' };
