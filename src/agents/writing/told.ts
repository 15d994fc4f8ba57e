import type { AgentEvent } from '../../domain/assessment/events.ts';
import type { NarrativeField } from './answer-schema.ts';

/** What a reader has been shown of a run's prose, so that the rest can follow and nothing is shown twice. */
export interface Told {
  /** Shows a sentence of a field, after those before it. */
  sentence(target: TellTarget, text: string): void;
  /** Shows what of the final text has not been shown yet; what was shown and is no part of it is taken back. */
  finish(target: TellTarget, text: string): void;
}

/** A field of a finding; `cveId` null: the executive summary. */
export interface TellTarget {
  readonly key: string;
  readonly cveId: string | null;
  readonly field: NarrativeField;
}

/** Stands between what did not hold in the end and what does. */
const TAKEN_BACK = ' […] ';

/** Creates an empty memory of what a run has shown. */
export function createTold(emit: (event: AgentEvent) => void): Told {
  const shown = new Map<string, string>();
  function show(target: TellTarget, text: string): void {
    if (text === '') return;
    shown.set(nameOf(target), shownOf(target) + text);
    emit({ type: 'narrative-delta', cveId: target.cveId, field: target.field, text });
  }
  const nameOf = ({ key, field }: TellTarget) => `${key}\n${field}`;
  const shownOf = (target: TellTarget) => shown.get(nameOf(target)) ?? '';
  return {
    sentence: (target, text) => show(target, shownOf(target) === '' ? text : ` ${text}`),
    finish(target, text) {
      const before = shownOf(target);
      show(target, text.startsWith(before) ? text.slice(before.length) : `${TAKEN_BACK}${text}`);
      shown.delete(nameOf(target));
    },
  };
}

/** Where nobody reads while it is written. */
export const NOBODY_LISTENS: Told = { sentence: () => undefined, finish: () => undefined };

/** The executive summary as a target. */
export const SUMMARY: TellTarget = { key: '', cveId: null, field: 'summary' };
