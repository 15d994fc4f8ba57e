import type { SinkTrouble } from '../../ports/span-sink.ts';

/** A way to the network that never fails, for a client that would print each failure. */
export interface QuietFetch {
  readonly fetch: typeof fetch;
  /** From now on nothing is sent, and what is under way is cut off; a reason is told as trouble. */
  giveUp(reason: string | null): void;
}

/** One request: the end of a run does not wait longer for an endpoint that is not there. */
const REQUEST_LIMIT_MS = 1500;

/** Tells of the first failure, in words of our own, and answers each as if it had been taken. */
export function createQuietFetch(onTrouble: SinkTrouble): QuietFetch {
  const stopped = new AbortController();
  let isTold = false;

  function tell(reason: string): Response {
    if (!isTold) onTrouble(`LangSmith (LANGSMITH_ENDPOINT) is not told: ${reason}`);
    isTold = true;
    return new Response('{}', { status: 202, headers: { 'content-type': 'application/json' } });
  }

  return {
    async fetch(input, init) {
      if (stopped.signal.aborted) return tell('the run is over');
      try {
        const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(REQUEST_LIMIT_MS)]);
        const response = await fetch(input, { ...init, signal });
        if (response.ok) return response;
        await response.body?.cancel();
        return tell(`HTTP ${response.status}`);
      } catch {
        return tell('it gives no answer');
      }
    },
    giveUp(reason) {
      if (reason !== null) tell(reason);
      isTold = true;
      stopped.abort();
    },
  };
}
