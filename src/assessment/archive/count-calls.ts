import type { ArchiveRow, ArchiveView } from '../../ports/truth-archive.ts';

/** Of a call of a model, what is known when it is booked: by this it is known again, because its number is the store's own. */
const BOOKED = [
  'assessment_id',
  'agent',
  'provider',
  'model',
  'prompt_version',
  'prices_as_of',
  'is_batch',
  'is_cache_asked',
  'most_usd',
  'sent_at',
  'prompt_hash',
] as const;

/** Tells whether a call of an archive is one that the store does not have. */
export interface CallCounter {
  isNew(call: ArchiveRow): boolean;
}

/** Counts the calls that a store has: of calls that are alike, so many are there already. */
export async function countCalls(view: ArchiveView): Promise<CallCounter> {
  const there = new Map<string, number>();
  const keyOf = (call: ArchiveRow) => JSON.stringify(BOOKED.map((column) => call[column] ?? null));
  for await (const rows of view.rows('model_calls')) {
    for (const row of rows) there.set(keyOf(row), (there.get(keyOf(row)) ?? 0) + 1);
  }
  return {
    isNew(call) {
      const key = keyOf(call);
      const left = there.get(key) ?? 0;
      if (left > 0) there.set(key, left - 1);
      return left === 0;
    },
  };
}
