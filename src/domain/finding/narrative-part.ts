import type { Finding } from '../assessment/finding-schema.ts';

/** The fields of a narrative that one agent writes. */
export type NarrativePart = Partial<
  Pick<Finding['narrative'], 'summary' | 'threat' | 'remediation' | 'businessImpact'>
> & {
  readonly citations: Finding['narrative']['citations'];
  readonly source: Finding['narrative']['source'];
  readonly model: string | null;
  /** What the reader should know of how it was written: why rules wrote instead of a model, what was left out. */
  readonly notes: readonly string[];
  /** Sentences of a model that were taken out, because no evidence carries them. */
  readonly violations: number;
  /** Whether the cost cap kept a model from writing it. */
  readonly isCapped: boolean;
};

/** Which agent a narrative part is from; each agent's part is stored on its own, so that the two may write at once. */
export type NarrativeAgent = 'vulnerability' | 'threat';

/** What came of the writing. */
export interface WritingTotals {
  /** Sentences of a model that were taken out. */
  readonly violations: number;
  /** Findings that the cost cap left to the rules, in priority order. */
  readonly cappedIds: readonly string[];
  /** What the reader should know of how findings were written, and of how many it is true. */
  readonly notes: ReadonlyMap<string, number>;
}

/** What is to be said of how a part was written; most parts have nothing. */
export type WritingRemarks = Pick<NarrativePart, 'notes' | 'violations' | 'isCapped'>;

/** What is to be said of how a part was written; null where there is nothing. */
export function remarksOf({ notes, violations, isCapped }: NarrativePart): WritingRemarks | null {
  return notes.length > 0 || violations > 0 || isCapped ? { notes, violations, isCapped } : null;
}

/** The narrative of its parts, the vulnerability agent's before the threat agent's. */
export function toNarrative(parts: readonly NarrativePart[]): Finding['narrative'] {
  const merged = Object.assign({ summary: '', threat: '', remediation: '', businessImpact: '' }, ...parts);
  const byModel = parts.find((part) => part.source === 'llm');
  return {
    summary: merged.summary,
    threat: merged.threat,
    remediation: merged.remediation,
    businessImpact: merged.businessImpact,
    source: byModel?.source ?? 'rules',
    model: byModel?.model ?? null,
    citations: parts.flatMap((part) => part.citations),
    notes: [...new Set(parts.flatMap((part) => part.notes))],
  };
}

/** Adds up what is to be said of the parts of an assessment's narratives, which come in priority order of their findings. */
export function sumUpWriting(
  rows: readonly {
    readonly vulnerabilityId: string;
    readonly findingId: string;
    readonly remarks: WritingRemarks;
  }[],
): WritingTotals {
  const findings = new Map<string, Set<string>>();
  for (const { findingId, remarks } of rows) {
    for (const note of remarks.notes) findings.set(note, (findings.get(note) ?? new Set()).add(findingId));
  }
  return {
    violations: rows.reduce((sum, { remarks }) => sum + remarks.violations, 0),
    cappedIds: [
      ...new Set(rows.flatMap(({ vulnerabilityId, remarks }) => (remarks.isCapped ? [vulnerabilityId] : []))),
    ],
    notes: new Map([...findings].map(([note, ids]) => [note, ids.size])),
  };
}
