import type { z } from 'zod';
import { clip } from './clip.ts';

/** The first thing that is wrong with data, on one line: the field, or `whole` where it is all of it, and why. */
export function firstIssue(error: z.ZodError, whole: string): string {
  const [issue] = error.issues;
  return clip(`${issue?.path.join('.') || whole}: ${issue?.message ?? 'unreadable'}`, 200);
}
