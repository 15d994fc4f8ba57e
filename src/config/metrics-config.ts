import { bad, type Read } from './read-setting.ts';

/** Where metrics are served. */
export interface MetricsConfig {
  /** 0: any that is free; null: not set. */
  readonly port: number | null;
  readonly host: string;
}

const LARGEST_PORT = 65_535;

/** Reads where metrics are served. @throws RiskError `BAD_INPUT` */
export function readMetrics(read: Read): MetricsConfig {
  const text = read('ERAS_METRICS_PORT');
  const port = text === null ? null : Number(text);
  if (port !== null && (text?.trim() === '' || !Number.isInteger(port) || port < 0 || port > LARGEST_PORT)) {
    throw bad('ERAS_METRICS_PORT', `a port from 0 to ${LARGEST_PORT}`);
  }
  return { port, host: read('ERAS_METRICS_HOST') ?? '127.0.0.1' };
}
