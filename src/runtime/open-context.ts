import { hasDocuments } from '../adapters/sqlite/passage-rows.ts';
import { createSqlitePassageStore } from '../adapters/sqlite/passage-store.ts';
import { systemClock } from '../kernel/clock.ts';
import { createContextFinder } from '../knowledge/context-of-finding.ts';
import type { OpenStore } from './open-store.ts';

/** What the documents of the knowledge base say; looked for only where there are any. */
export function openContext({ database }: OpenStore): ReturnType<typeof createContextFinder> {
  if (!hasDocuments(database)) return () => [];
  return createContextFinder(createSqlitePassageStore(database, systemClock));
}
