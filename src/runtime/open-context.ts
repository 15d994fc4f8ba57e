import { hasDocuments } from '../adapters/sqlite/passage-rows.ts';
import { createSqlitePassageStore } from '../adapters/sqlite/passage-store.ts';
import { systemClock } from '../kernel/clock.ts';
import { createContextFinder } from '../knowledge/context-of-finding.ts';
import { type Metrics, NO_METRICS } from '../ports/metrics.ts';
import type { OpenStore } from './open-store.ts';

/** What the documents of the knowledge base say; looked for only where there are any. */
export function openContext(
  { database }: OpenStore,
  metrics: Pick<Metrics, 'retrieval'> = NO_METRICS,
): ReturnType<typeof createContextFinder> {
  if (!hasDocuments(database)) return () => [];
  const find = createContextFinder(createSqlitePassageStore(database, systemClock));
  return (subject) => {
    const startedAt = performance.now();
    const found = find(subject);
    metrics.retrieval((performance.now() - startedAt) / 1000);
    return found;
  };
}
