import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** A server that stands still does not answer a goodbye; nobody waits for it longer. */
export const GOODBYE_MS = 100;

/**
 * A connection to Redis that never waits: what is not there in time fails, and a connection that breaks is not made again. The client
 * is loaded here, since nothing else needs it.
 */
export async function connectRedis(url: string, patienceMs: number): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const client = new Client(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    disconnectTimeout: GOODBYE_MS,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    // Hundreds of look-ups at the same time are one round trip.
    enableAutoPipelining: true,
    // Scripts that a library defines do not survive it.
    autoPipeliningIgnoredCommands: ['limiter_check', 'limiter_reserve', 'limiter_cancel'],
    retryStrategy: () => null,
  });
  // Failures reach whoever waits for a command; without a listener they would end the process. Why a connection failed is told here only.
  let reason: Error | null = null;
  client.on('error', (error: Error) => {
    reason = error;
  });
  const connecting = client.connect();
  connecting.catch(() => undefined);
  try {
    await inTime(connecting, patienceMs);
  } catch (error) {
    client.disconnect();
    throw reason ?? error;
  }
  return client;
}

/** The wait is made of so many parts, and what has arrived is read after each: a process that was busy itself blames nobody else. */
const PARTS = 5;

/** The outcome of some work, or a failure once its time is up. */
export async function inTime<Value>(work: Promise<Value>, limitMs: number): Promise<Value> {
  const done = new AbortController();
  try {
    return await Promise.race([work, failLate(limitMs, done.signal)]);
  } finally {
    done.abort();
  }
}

async function failLate(limitMs: number, signal: AbortSignal): Promise<never> {
  for (let part = 0; part < PARTS; part += 1) {
    await pause(limitMs / PARTS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return new Promise(() => undefined);
  }
  throw new Error(`no answer within ${limitMs} ms`);
}
