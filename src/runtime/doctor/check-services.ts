import { type Check, well } from '../../assessment/doctor.ts';
import type { Config } from '../../config/config.ts';
import type { LanguageModelConfig } from '../../config/language-model-config.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import { modelsOf } from '../create-language-model.ts';
import { createServiceNow, isConfidential } from '../create-servicenow.ts';
import { listModels } from './list-models.ts';

/** A query that selects nothing: signing in and the right to read are all that is wanted. */
const SELECTS_NOTHING = 'number=ERAS-DOCTOR';
/** An id that OSV will always know, and whose record is short. */
const KNOWN_ADVISORY = 'GHSA-jfh8-c2jp-5v3q';

/** ServiceNow: one read of one row at most, signed in. What it refuses is broken; an instance that is away for a moment is not. */
export async function checkServiceNow(config: Config, http: HttpClient, limitMs: number): Promise<Check[]> {
  const { serviceNow } = config;
  if (serviceNow === null) return [];
  const name = 'servicenow';
  const guide = 'docs/guide/servicenow.md';
  if (serviceNow.access === null) {
    const detail = 'SERVICENOW_INSTANCE_URL is set, and nothing to sign in with';
    return [{ name, status: 'fail', detail, fix: `set SERVICENOW_USERNAME and SERVICENOW_PASSWORD; ${guide}` }];
  }
  if (!isConfidential(serviceNow.instanceUrl)) {
    const detail = 'SERVICENOW_INSTANCE_URL is http: credentials would cross the network in clear, and are not sent';
    return [{ name, status: 'fail', detail, fix: `use https; ${guide}` }];
  }
  try {
    const { assets } = createServiceNow({ serviceNow: { ...serviceNow, maxIncidents: 1 } }, http);
    await assets.readIncidents(SELECTS_NOTHING, { signal: AbortSignal.timeout(limitMs) });
    return [well(name, `${assets.account} may read incidents`)];
  } catch (error) {
    if (isTimeout(error)) {
      const detail = `no answer within ${limitMs} ms`;
      return [{ name, status: 'warn', detail, fix: 'look at SERVICENOW_INSTANCE_URL, or try again' }];
    }
    const detail = messageOf(error);
    const isRefused = /\(HTTP 40[0134]\b/.test(detail);
    const fix = isRefused
      ? `look at the account and its roles; ${guide}`
      : 'look at SERVICENOW_INSTANCE_URL, or try again';
    return [{ name, status: isRefused ? 'fail' : 'warn', detail, fix }];
  }
}

/** OSV: one record. Components are assessed with a gap without it. */
export async function checkOsv({ urls }: Config, http: HttpClient, limitMs: number): Promise<Check[]> {
  const name = 'osv';
  const fix = 'look at OSV_API_URL and at the way to the Internet; --offline does without';
  try {
    const url = `${urls.osv.replace(/\/+$/, '')}/v1/vulns/${KNOWN_ADVISORY}`;
    const call = { signal: AbortSignal.timeout(limitMs) };
    const answers = (status: number) => status === 404;
    const outcome = await http.getJson({ source: 'osv', url, attempts: 1, maxBytes: 2 ** 22, answers, call });
    if (outcome.ok || outcome.status === 404) return [well(name, 'answers')];
    return [{ name, status: 'warn', detail: outcome.reason, fix }];
  } catch {
    return [{ name, status: 'warn', detail: `no answer within ${limitMs} ms`, fix }];
  }
}

/** The language model: the provider's list of models, which costs nothing. Rules write where it is away. */
export async function checkLanguageModel(
  config: LanguageModelConfig | null,
  options: { readonly offline: boolean; readonly limitMs: number },
): Promise<Check> {
  const name = 'language model';
  if (config === null) return well(name, 'none configured; rules write');
  const wanted = [...new Set(Object.values(modelsOf(config)))];
  const who = `${config.provider}: ${wanted.join(', ')}`;
  if (options.offline) return well(name, `${who} (not asked: offline)`);
  const answer = await listModels(config, options.limitMs);
  switch (answer.kind) {
    case 'not-asked':
      return well(name, `${who} (not asked: ${answer.reason})`);
    case 'refused':
      return { name, status: 'fail', detail: `${who}: ${answer.reason}`, fix: answer.fix };
    case 'away':
      return {
        name,
        status: 'warn',
        detail: `${who}: ${answer.reason}; rules write meanwhile`,
        fix: 'look at the way to the provider, and at its base URL',
      };
    case 'listed': {
      const missing = wanted.filter((model) => !answer.models.some((listed) => isSame(listed, model)));
      if (missing.length === 0) return well(name, `${who}; the provider has them`);
      const detail = `${who}; the provider does not list ${missing.join(', ')}`;
      return { name, status: 'warn', detail, fix: 'look at ERAS_MODEL_FAST, _BALANCED, _DEEP or ERAS_OPENAI_MODEL' };
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}

/** Providers list a name with its date (`claude-x-20260101`), local servers with its tag (`llama3:latest`). */
function isSame(listed: string, model: string): boolean {
  return listed === model || listed.startsWith(`${model}-`) || listed.startsWith(`${model}:`);
}
