import { AsyncLocalStorage } from 'node:async_hooks';
import type { Correlation, CorrelationIds } from '../ports/correlation.ts';

/** Ids that follow the work through everything that is awaited; `traceId` tells that of the active trace. */
export function createCorrelation(traceId: () => string | null): Correlation {
  const active = new AsyncLocalStorage<CorrelationIds>();
  return {
    run: (ids, work) => active.run({ ...active.getStore(), ...ids }, work),
    ids() {
      const trace = traceId();
      return { ...active.getStore(), ...(trace === null ? {} : { traceId: trace }) };
    },
  };
}
