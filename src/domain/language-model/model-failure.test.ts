import { describe, expect, it } from 'vitest';
import { connectionFailure, failureOfStatus, inBrackets } from './model-failure.ts';

describe('the failure of a call', () => {
  it('names the constant of the provider, and nothing that only stands in its place', () => {
    expect(inBrackets('overloaded_error')).toBe(' (overloaded_error)');
    for (const text of [null, undefined, '', 'sk-ant-SECRET', '\u001b[31mred', 'x'.repeat(50), 'a b', 'key1234'])
      expect(inBrackets(text)).toBe('');
    expect(failureOfStatus(401, 'sk-ant-SECRET', null, new Date()).reason).toBe('HTTP 401');
  });

  it('without credentials is told, not repeated and never billed', () => {
    const cause = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    expect(connectionFailure(new Error('Connection error.', { cause }))).toMatchObject({
      kind: 'unauthorized',
      reason: 'no AWS credentials are found',
      retryable: false,
      mayBeBilled: false,
    });
  });
});
