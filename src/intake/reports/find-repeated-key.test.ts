import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRepeatedKey } from './find-repeated-key.ts';

describe('a key', () => {
  it.each([
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['[{"a":{"b":1}},{"c":[{"d":1,"d":[]}]}]', 'd'],
    ['{"\\u0061":1,"a":2}', 'a'],
    ['{"a":"x","x":"a","a":1}', 'a'],
  ])('that stands twice in one object of %s is found', (text, key) => {
    expect(findRepeatedKey(text)).toMatchObject({ key });
  });

  it.each(['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', '["a","a"]', '{"a":"a"}', '"a"', '[]', '1'])(
    'that stands once in each object of %s is not',
    (text) => {
      expect(findRepeatedKey(text)).toBeNull();
    },
  );

  it('is never found twice in what a program writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => findRepeatedKey(JSON.stringify(value)) === null));
  });
});
