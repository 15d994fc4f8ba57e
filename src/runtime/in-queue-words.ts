import { clipLine } from '../kernel/clip.ts';
import { RiskError } from '../kernel/risk-error.ts';

/** What Redis refuses, by the first word of what it says (its documentation calls it the error's prefix), and what to do. */
const HINTS: Readonly<Record<string, string>> = {
  OOM: 'it is full: give it more memory (maxmemory), or remove what is not the queue',
  READONLY: 'it is a replica: REDIS_URL must name the server that takes writes',
  MISCONF: 'it cannot write to its disk: look at its log',
  NOPERM: 'its account may not do that: the queue needs all commands on its keys',
  LOADING: 'it has just started: try again in a moment',
  NOREPLICAS: 'it has too few replicas to take writes',
};
const OTHER = 'look at the server of REDIS_URL';
const LONGEST_REASON = 120;

/** The same object, whose methods say what the queue's server refuses, and what to do. */
export function inQueueWords<Api extends object>(api: Api): Api {
  return new Proxy(api, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...parts: readonly unknown[]) => {
        const result: unknown = value.apply(target, parts);
        if (result instanceof Promise) return result.catch(tellInWords);
        return typeof result === 'object' && result !== null ? inQueueWords(result) : result;
      };
    },
  });
}

/** @throws RiskError `QUEUE_FAILED` for what Redis refused, anything else as it is */
export function tellInWords(thrown: unknown): never {
  if (!(thrown instanceof Error) || thrown.name !== 'ReplyError') throw thrown;
  const [reason = ''] = thrown.message.split(/\.? script: /, 1);
  const hint = HINTS[/^[A-Z]+/.exec(reason)?.[0] ?? ''] ?? OTHER;
  const message = `Redis refuses: ${clipLine(reason, LONGEST_REASON)}; ${hint}`;
  throw new RiskError({ code: 'QUEUE_FAILED', message, retryable: true, cause: thrown });
}
