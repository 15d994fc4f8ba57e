import { type DestinationStream, pino } from 'pino';
import { toReadableLine } from './readable-line.ts';
import { redact } from './redact.ts';

/** Structured logs: a static message, variable parts as fields. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What lines carry, and what they must not. */
export interface LogOptions {
  /** Ids of the work that goes on where a line is written: assessment, job, trace. */
  readonly ids?: () => object;
  /** Takes the secrets of the configuration out of a text. */
  readonly cut?: (text: string) => string;
  /** Where lines go; standard error unless told. */
  readonly destination?: DestinationStream;
}

const STDERR = 2;

/** Logs one line an event to standard error: JSON, or words where a person watches. Every field goes through `redact`. */
export function createLog(level: string, { ids = () => ({}), cut, destination = openStderr() }: LogOptions = {}): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: ids,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields, cut) as Record<string, unknown>,
      },
    },
    destination,
  );
  const write =
    (name: keyof Log) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      logger[name](fields, message);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function openStderr(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ dest: STDERR, sync: true });
  return { write: (line) => process.stderr.write(toReadableLine(line)) };
}
