import { type Config, loadConfig } from './config.ts';

/** The configuration of this process. @throws RiskError `BAD_INPUT` */
export function loadProcessConfig(): Config {
  const config = loadConfig(process.env, process.cwd());
  keepGraphFromTracing();
  return config;
}

/** LangGraph would send runs of its own to LangSmith, with inputs and outputs, beside ours. */
function keepGraphFromTracing(): void {
  for (const name of ['LANGSMITH_TRACING', 'LANGCHAIN_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2']) {
    if (process.env[name] !== undefined) process.env[name] = 'false';
  }
}

/** Whether the user declines colour (no-color.org: set and not empty). */
export function isColorDeclined(): boolean {
  return (process.env['NO_COLOR'] ?? '') !== '';
}

/** AWS' SDK would warn on each run that its coming versions need a newer Node.js; the version here is pinned, and it speaks to maintainers only. */
export function keepAwsQuiet(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
