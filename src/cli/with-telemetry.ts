import type { Config } from '../config/config.ts';
import { type OpenTelemetry, openTelemetry } from '../runtime/open-telemetry.ts';
import { VERSION } from './version.ts';

/** Runs work with the telemetry that the configuration asks for, and closes it whatever the work comes to. `metricsPort` null: no metrics. */
export async function withTelemetry<Value>(
  config: Config,
  metricsPort: number | null,
  work: (telemetry: OpenTelemetry) => Promise<Value>,
): Promise<Value> {
  const telemetry = await openTelemetry(config, {
    metricsPort,
    version: VERSION,
    onTrouble: (reason) => process.stderr.write(`eras: ${reason}\n`),
  });
  // A port that the system picked is known to nobody else.
  if (metricsPort === 0) process.stderr.write(`eras: metrics at ${telemetry.metricsOrigin}/metrics\n`);
  try {
    return await work(telemetry);
  } finally {
    await telemetry.close();
  }
}
