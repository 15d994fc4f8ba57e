import { type Config, loadConfig } from './config.ts';

/** The configuration of this process. @throws RiskError `BAD_INPUT` */
export function loadProcessConfig(): Config {
  return loadConfig(process.env, process.cwd());
}

/** Whether the user declines colour (no-color.org: set and not empty). */
export function isColorDeclined(): boolean {
  return (process.env['NO_COLOR'] ?? '') !== '';
}
