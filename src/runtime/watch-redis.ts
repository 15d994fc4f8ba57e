import type { Log } from '../adapters/log/create-log.ts';

/** Tells whether Redis answers, for as long as it is watched. */
export interface RedisWatch {
  /** False once it has said nothing for five seconds. */
  isAnswering(): boolean;
  stop(): void;
}

const ASK_MS = 1000;
/** So many turns in a row without an answer are silence. Turns, not time: a process that stood still itself blames nobody else. */
const SILENT_TURNS = 5;

/** Asks Redis something small each turn, one question at a time, and logs when it falls silent and when it is back. */
export function watchRedis(ping: () => Promise<void>, log: Pick<Log, 'info' | 'warn'>, askMs = ASK_MS): RedisWatch {
  let silentTurns = 0;
  let isAsked = false;

  async function ask(): Promise<void> {
    isAsked = true;
    try {
      await ping();
      if (silentTurns >= SILENT_TURNS) log.info('Redis answers again; the worker is ready');
      silentTurns = 0;
    } catch {
      // A refusal is no answer either: it counts as silence.
    } finally {
      isAsked = false;
    }
  }

  const timer = setInterval(() => {
    silentTurns += 1;
    if (silentTurns === SILENT_TURNS)
      log.warn('Redis does not answer; the worker is not ready until it does', {
        silentMs: SILENT_TURNS * askMs,
      });
    if (!isAsked) void ask();
  }, askMs);
  timer.unref();
  return { isAnswering: () => silentTurns < SILENT_TURNS, stop: () => clearInterval(timer) };
}
