import { pino } from 'pino';

/** Structured logs: a static message, variable parts as fields. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

const STDERR = 2;

/** Logs to standard error, one JSON line an event. Fields named like secrets are blanked whatever they hold. */
export function createLog(level: string): Log {
  const names = ['apiKey', 'apikey', 'authorization', 'password', 'token', 'secret'];
  const redact = { paths: names.flatMap((name) => [name, `*.${name}`]), censor: '***' };
  const logger = pino({ level, redact, base: null }, pino.destination({ dest: STDERR, sync: true }));
  const write =
    (name: keyof Log) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      logger[name](fields, message);
  return { debug: write('debug'), info: write('info'), warn: write('warn') };
}
