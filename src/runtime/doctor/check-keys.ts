import { type Check, well } from '../../assessment/doctor.ts';
import type { Config } from '../../config/config.ts';

const ACCESS = { basic: 'name and password', bearer: 'token', oauth: 'OAuth client' } as const;

/** Which keys there are; never what they are. */
export function checkKeys({ nvdApiKeys, languageModel, serviceNow, tracing }: Config): Check {
  const access = serviceNow?.access?.kind;
  const rows: readonly (readonly [string, string | false])[] = [
    ['NVD', nvdApiKeys.length > 0 && countOf(nvdApiKeys.length)],
    [languageModel?.provider ?? 'language model', languageModel !== null && modelKey(languageModel)],
    ['ServiceNow', access !== undefined && ACCESS[access]],
    ['LangSmith', tracing.langSmith?.apiKey != null && 'key'],
  ];
  const detail = rows.map(([name, what]) => `${name}: ${what || 'none'}`).join('; ');
  if (tracing.langSmith !== null && tracing.langSmith.apiKey === null)
    return { name: 'keys', status: 'warn', detail, fix: 'LANGSMITH_TRACING is on: set LANGSMITH_API_KEY' };
  return well('keys', detail);
}

function modelKey({ provider, apiKey }: NonNullable<Config['languageModel']>): string {
  if (provider === 'bedrock') return "AWS' credential chain";
  return apiKey === null ? 'no key (a local endpoint)' : 'key';
}

function countOf(keys: number): string {
  return keys === 1 ? 'one key' : `${keys} keys`;
}
