import { describe, expect, it } from 'vitest';
import { readGivenFields } from './given-fields.ts';

describe('what is said of documents', () => {
  it('has names in lower case, and one or several values', () => {
    expect(readGivenFields(['System=pay', 'system=hr', 'owner=', 'constructor=Ann'])).toEqual({
      system: ['pay', 'hr'],
      owner: [],
      constructor: ['Ann'],
    });
  });

  it.each(['x', '=y', 'date=soon', '__proto__=q', ' __PROTO__ = q'])('refuses %j', (text) =>
    expect(() => readGivenFields([text])).toThrow(/^--field "/),
  );
});
