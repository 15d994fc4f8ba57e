import type { z } from 'zod';
import { unfence } from '../writing/ask-for-findings.ts';

/** A model's answer of a shape; null where it has another one, or is no JSON. */
export function readReply<Shape>(schema: z.ZodType<Shape>, text: string): Shape | null {
  try {
    return schema.safeParse(JSON.parse(unfence(text))).data ?? null;
  } catch {
    return null;
  }
}

/** Text that can close no delimiter of a prompt. */
export function undelimited(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
