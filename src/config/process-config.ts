import { type Config, loadConfig } from './config.ts';

/** The configuration of this process. @throws RiskError `BAD_INPUT` */
export function loadProcessConfig(): Config {
  return loadConfig(process.env, process.cwd());
}

/** Whether the user declines colour (no-color.org: set and not empty). */
export function isColorDeclined(): boolean {
  return (process.env['NO_COLOR'] ?? '') !== '';
}

/** AWS' SDK would warn on each run that its coming versions need a newer Node.js; the version here is pinned, and it speaks to maintainers only. */
export function keepAwsQuiet(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
