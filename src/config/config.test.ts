import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'eras-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadConfig', () => {
  it('has a default for everything', () => {
    const config = loadConfig({}, folder);
    expect(config).toMatchObject({
      offline: false,
      httpTimeoutMs: 10_000,
      sourceBudgetMs: 30_000,
      logLevel: 'warn',
      nvdApiKeys: [],
      embedder: { provider: 'bundled' },
    });
    expect(config.urls.nvd).toBe('https://services.nvd.nist.gov/rest/json');
  });

  it('lets the environment beat the file, and the file the default', () => {
    const path = join(folder, 'own.json');
    writeFileSync(
      path,
      JSON.stringify({ ERAS_HTTP_TIMEOUT_MS: 5, LOG_LEVEL: 'error', levels: { critical: 15, high: 10, medium: 5 } }),
    );
    const config = loadConfig({ ERAS_CONFIG: path, LOG_LEVEL: 'debug' }, folder);
    expect(config).toMatchObject({ httpTimeoutMs: 5, logLevel: 'debug', levels: { critical: 15 } });
  });

  it('has a model for each embedder, and a folder where the working one is', () => {
    const embedderOf = (env: Readonly<Record<string, string>>) =>
      loadConfig({ ERAS_LLM: 'none', ...env }, folder).embedder;
    expect(embedderOf({ ERAS_EMBEDDER: 'onnx', ERAS_EMBEDDING_MODEL: 'models/own' })).toEqual({
      provider: 'onnx',
      folder: join(folder, 'models/own'),
    });
    expect(embedderOf({ ERAS_EMBEDDER: 'OpenAI', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1/' })).toMatchObject({
      ...{ provider: 'openai', model: 'text-embedding-3-small', apiKey: null, timeoutMs: 60_000 },
      baseUrl: 'http://127.0.0.1:9/v1',
    });
    expect(embedderOf({ ERAS_EMBEDDER: 'bedrock', AWS_REGION: 'eu-west-1' })).toMatchObject({
      ...{ provider: 'bedrock', model: 'amazon.titan-embed-text-v2:0', region: 'eu-west-1', baseUrl: null },
    });
  });

  it('splits keys and never prints them', () => {
    const config = loadConfig({ NVD_API_KEY: 'first-key, second-key' }, folder);
    expect(config.nvdApiKeys.map((key) => key.reveal())).toEqual(['first-key', 'second-key']);
    expect(`${JSON.stringify(config)}${inspect(config, { depth: 9 })}${config.nvdApiKeys}`).not.toContain('first-key');
  });

  it.each([
    [{ NVD_API_URL: 'ftp://x' }, 'NVD_API_URL is not an http or https URL'],
    [{ ERAS_HTTP_TIMEOUT_MS: '-1' }, 'ERAS_HTTP_TIMEOUT_MS is not a whole number of milliseconds'],
    [{ ERAS_OFFLINE: 'maybe' }, 'ERAS_OFFLINE is not 1 or 0'],
    [{ ERAS_EMBEDDER: 'word2vec' }, 'ERAS_EMBEDDER is not one of bundled, onnx, openai, bedrock'],
    [{ ERAS_EMBEDDER: 'onnx' }, 'ERAS_EMBEDDING_MODEL, the folder of its model, is not set'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is not one of'],
    [{ ERAS_CONFIG: '/nowhere/eras.json' }, 'cannot read the config file'],
  ])('refuses %o with one line', (env, message) => {
    expect(() => loadConfig(env, folder)).toThrow(message);
  });

  it('refuses a config file with unknown names or thresholds out of order', () => {
    const path = join(folder, 'odd.json');
    writeFileSync(path, JSON.stringify({ NVD_URL: 'x' }));
    expect(() => loadConfig({ ERAS_CONFIG: path }, folder)).toThrow('is not valid');
    writeFileSync(path, JSON.stringify({ levels: { critical: 5, high: 10, medium: 5 } }));
    expect(() => loadConfig({ ERAS_CONFIG: path }, folder)).toThrow('levels must fall');
  });
});
