import { Tokenizer, TokenType } from '@streamparser/json';
import { clipLine } from '../../kernel/clip.ts';

/** A key that an object has more than once: readers take one of the values (RFC 8259, section 4), and most of them the last. */
export interface RepeatedKey {
  readonly key: string;
  /** Characters before its second time. */
  readonly offset: number;
}

/** A token of JSON, as its tokenizer tells it. */
export interface JsonToken {
  readonly token: TokenType;
  readonly value?: unknown;
  readonly offset: number;
}

/** Finds the first key that stands twice in an object, token by token. */
export function createKeyWatch() {
  const objects: (Set<string> | null)[] = [];
  let [last, found]: [RepeatedKey | null, RepeatedKey | null] = [null, null];
  return {
    see({ token, value, offset }: JsonToken): void {
      if (token === TokenType.LEFT_BRACE) objects.push(new Set());
      else if (token === TokenType.LEFT_BRACKET) objects.push(null);
      else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) objects.pop();
      else if (token === TokenType.COLON && last !== null) {
        const keys = objects.at(-1);
        if (keys?.has(last.key)) found ??= last;
        keys?.add(last.key);
      }
      last = token === TokenType.STRING ? { key: String(value), offset } : null;
    },
    found: () => found,
  };
}

/** The first key that stands twice in an object of a document that is valid JSON; null where none does. */
export function findRepeatedKey(text: string): RepeatedKey | null {
  const watch = createKeyWatch();
  const tokenizer = new Tokenizer();
  tokenizer.onToken = (token) => watch.see(token);
  tokenizer.write(text);
  return watch.found();
}

/** What a repeated key does, in words. */
export function tellRepeatedKey({ key }: RepeatedKey): string {
  return `the key ${JSON.stringify(clipLine(key, 60))} stands twice in one object, and only the last value is read`;
}
