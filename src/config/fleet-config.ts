import { bad, type Read, readMilliseconds } from './read-setting.ts';

/** How this process takes part in a fleet. */
export interface FleetConfig {
  /** Whose line work waits in. */
  readonly tenant: string;
  /** How long a worker that was asked to stop goes on with what it has begun, milliseconds. */
  readonly drainMs: number;
  /** Calls of the language model at the same time over all workers. */
  readonly modelCalls: number;
}

const MOST_CALLS = 10_000;

/** Reads it. @throws RiskError `BAD_INPUT` */
export function readFleet(read: Read): FleetConfig {
  const tenant = read('ERAS_TENANT') ?? '';
  if (!/^[\w.-]{1,64}$/.test(tenant)) throw bad('ERAS_TENANT', 'a name of up to 64 letters, digits, ".", "_" and "-"');
  const modelCalls = Number(read('ERAS_FLEET_MODEL_CALLS'));
  if (!Number.isInteger(modelCalls) || modelCalls < 1 || modelCalls > MOST_CALLS) {
    throw bad('ERAS_FLEET_MODEL_CALLS', `a whole number from 1 to ${MOST_CALLS}`);
  }
  return { tenant, drainMs: readMilliseconds(read, 'ERAS_WORKER_DRAIN_MS'), modelCalls };
}
