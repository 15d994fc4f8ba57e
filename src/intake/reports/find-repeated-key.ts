import { Tokenizer, TokenType } from '@streamparser/json';

/** A key that an object has more than once: readers take one of the values (RFC 8259, section 4), and most of them the last. */
export interface RepeatedKey {
  readonly key: string;
  /** Characters before its second time. */
  readonly offset: number;
}

/** The first key that stands twice in an object of a document that is valid JSON; null where none does. */
export function findRepeatedKey(text: string): RepeatedKey | null {
  const objects: (Set<string> | null)[] = [];
  let [last, found]: [{ key: string; offset: number } | null, RepeatedKey | null] = [null, null];
  const tokenizer = new Tokenizer();
  tokenizer.onToken = ({ token, value, offset }) => {
    if (token === TokenType.LEFT_BRACE) objects.push(new Set());
    else if (token === TokenType.LEFT_BRACKET) objects.push(null);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) objects.pop();
    else if (token === TokenType.COLON && last !== null) {
      const keys = objects.at(-1);
      if (keys?.has(last.key)) found ??= last;
      keys?.add(last.key);
    }
    last = token === TokenType.STRING ? { key: String(value), offset } : null;
  };
  tokenizer.write(text);
  return found;
}
