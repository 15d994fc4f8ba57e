import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readServiceNow, type ServiceNowFile } from './servicenow-config.ts';

const URL_ONLY = { SERVICENOW_INSTANCE_URL: 'https://example.service-now.com/' };
const USER = { SERVICENOW_USERNAME: 'eras', SERVICENOW_PASSWORD: 'pass-word' };
const CLIENT = { SERVICENOW_CLIENT_ID: 'client', SERVICENOW_CLIENT_SECRET: 'client-secret' };
const TOKEN = { SERVICENOW_TOKEN: 'to-ken\n' };

const read = (env: Readonly<Record<string, string>>, file?: ServiceNowFile) =>
  readServiceNow((name) => env[name] ?? null, file);

describe('the settings of ServiceNow', () => {
  it.each([
    [{}, undefined],
    [USER, 'basic'],
    [CLIENT, 'oauth'],
    [{ ...USER, ...CLIENT }, 'oauth'],
    [{ ...USER, ...CLIENT, ...TOKEN }, 'bearer'],
  ])('%j sign in so', (env, kind) => {
    const config = read({ ...URL_ONLY, ...env });
    expect([config?.instanceUrl, config?.access?.kind]).toEqual(['https://example.service-now.com', kind]);
    expect(`${JSON.stringify(config)}${inspect(config, { depth: 9 })}`).not.toMatch(/pass-word|client-secret|to-ken/);
  });

  it('are none where no instance is named', () => {
    expect(read(USER)).toBeNull();
  });

  it.each([
    [{ SERVICENOW_INSTANCE_URL: 'dev1' }, 'SERVICENOW_INSTANCE_URL is not an http or https URL'],
    [{ SERVICENOW_INSTANCE_URL: 'https://me:pass-word@x.example' }, 'SERVICENOW_INSTANCE_URL is not the bare address'],
    [{ ...URL_ONLY, SERVICENOW_USERNAME: 'eras' }, 'SERVICENOW_USERNAME needs SERVICENOW_PASSWORD beside it'],
    [{ ...URL_ONLY, SERVICENOW_CLIENT_SECRET: 'pass-word' }, 'SERVICENOW_CLIENT_SECRET needs SERVICENOW_CLIENT_ID'],
    [{ ...URL_ONLY, SERVICENOW_TOKEN: 'pass-word\r\nx: y' }, 'SERVICENOW_TOKEN is not a secret without control'],
  ])('are refused in one line, without secrets: %j', (env, message) => {
    expect(() => read(env)).toThrow(message);
    expect(() => read(env)).not.toThrow(/pass-word/);
  });

  it('take where the exposure stands from the config file', () => {
    const config = read(URL_ONLY, { exposureField: 'u_zone', exposureValues: { ' DMZ ': 'open' }, maxIncidents: 5 });
    expect(config).toMatchObject({ exposureField: 'u_zone', exposureValues: { dmz: 'open' }, maxIncidents: 5 });
  });
});
