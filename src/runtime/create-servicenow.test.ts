import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.ts';
import { requireServiceNow } from './create-servicenow.ts';

const require = (url: string) => () =>
  requireServiceNow(
    loadConfig({ SERVICENOW_INSTANCE_URL: url, SERVICENOW_USERNAME: 'eras', SERVICENOW_PASSWORD: 'secret' }, '/tmp'),
  );

describe('credentials of ServiceNow', () => {
  it.each([
    'https://x.example',
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://[::1]:8080',
    'http://10.0.0.1',
    'http://servicenow:8080',
    'http://mid.corp.internal',
  ])('go to %s', (url) => expect(require(url)).not.toThrow());

  it.each([
    'http://x.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.example',
    'http://172.32.0.1',
    'http://10.example',
  ])('do not go to %s in clear', (url) =>
    expect(require(url)).toThrow(/^SERVICENOW_INSTANCE_URL is http: .*in clear; use https$/),
  );
});
