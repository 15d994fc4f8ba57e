import { createLog, type Log } from '../adapters/log/create-log.ts';
import type { Config } from '../config/config.ts';
import { secretsOf } from '../config/secrets-of.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The log of a process: its lines carry the ids of the work around them, and no secret of the configuration. */
export function openLog(
  config: Config,
  { correlation }: Pick<Telemetry, 'correlation'> = NO_TELEMETRY,
  level = config.logLevel,
): Log {
  return createLog(level, { ids: correlation.ids, cut: withoutSecrets(secretsOf(config)) });
}
