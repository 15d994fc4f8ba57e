import { LRUCache } from 'lru-cache';

/**
 * A pure function that remembers its latest results, `most` of them, by a text that says all of its input: for work that is asked for again and
 * again with the same few thousand inputs. Results are shared, so they must not be changed; inputs whose text is long belong elsewhere.
 */
export function remember<Input, Value extends NonNullable<unknown>>(
  work: (input: Input) => Value,
  keyOf: (input: Input) => string,
  most: number,
): (input: Input) => Value {
  const known = new LRUCache<string, Value>({ max: most });
  return (input) => {
    const key = keyOf(input);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const value = work(input);
    known.set(key, value);
    return value;
  };
}
