import { z } from 'zod';

/** A field of a narrative that a model writes. */
export type NarrativeField = 'summary' | 'remediation' | 'businessImpact' | 'threat';

/** A sentence and what carries it. */
export const Sentence = z.object({
  text: z.string().max(2000).describe('one sentence'),
  evidence: z.array(z.string().max(12)).max(20).describe('ids of the evidence that carries it, such as E1'),
});

/** The most that a model may write in one field. */
const MOST_SENTENCES = 40;

/** What a model is to answer for findings: sentences with their evidence, by field. The field names are the document's own. */
export function answerSchema(fields: readonly NarrativeField[]) {
  const sentences = z.array(Sentence).max(MOST_SENTENCES);
  return z.object({
    findings: z.array(
      z.object({
        cveId: z.string().max(40),
        ...(Object.fromEntries(fields.map((field) => [field, sentences])) as Record<NarrativeField, typeof sentences>),
      }),
    ),
  });
}
export type FindingsAnswer = z.infer<ReturnType<typeof answerSchema>>;

/** What a model is to answer for a whole assessment. */
export const SummaryAnswer = z.object({ text: z.array(Sentence).max(MOST_SENTENCES) });

/** The JSON schema that a provider holds an answer to: without bounds, which structured outputs do not know, and closed. */
export function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  return withoutBounds(z.toJSONSchema(schema, { target: 'draft-2020-12' })) as Record<string, unknown>;
}

const LEFT_OUT = new Set(['$schema', 'maxLength', 'minLength', 'maxItems', 'minItems']);

function withoutBounds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutBounds);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, value]) => [name, withoutBounds(value)]),
  );
}
