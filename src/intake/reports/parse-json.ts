import { JSONParser, TokenType } from '@streamparser/json';
import type { JsonToken } from './find-repeated-key.ts';
import { badFile, type TextSource } from './text-source.ts';

/** Arrays and objects inside one another at most: reports need a dozen, SBOMs some dozens. */
export const MOST_DEPTH = 1000;
/** Text, characters, that may stand between two entries of a long list: more would have to be held in memory. */
const MOST_HELD = 128 * 1024 * 1024;

/** A value that was found, and where. */
export interface ParsedValue {
  readonly value?: unknown;
  readonly key?: string | number | undefined;
  readonly parent?: unknown;
  readonly stack: readonly { readonly key?: string | number | undefined }[];
}

/** A parser that is given a text piece by piece. */
export interface JsonPieces {
  write(piece: string): void;
  /** Ends the text. */
  end(): void;
  /** What is wrong; null as long as nothing is. */
  failure(): Error | null;
  isEnded(): boolean;
  /** Whether a document has begun and not ended. */
  isInside(): boolean;
}

/** Creates a parser of one document, or of several without anything between them; what `paths` match is told as it is read. */
export function createJsonPieces(
  paths: string[],
  onValue: (found: ParsedValue) => void,
  options: { readonly separator?: ''; readonly onToken?: (token: JsonToken) => void } = {},
): JsonPieces {
  const { onToken, ...rest } = options;
  const parser = new JSONParser({ ...rest, paths, keepStack: options.separator === undefined });
  let [problem, depth]: [Error | null, number] = [null, 0];
  parser.onValue = onValue;
  parser.onError = (error) => {
    problem ??= error;
  };
  parser.onToken = (parsed) => {
    const { token } = parsed;
    onToken?.(parsed);
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > MOST_DEPTH) throw new Error(`nested more than ${MOST_DEPTH} deep`);
  };
  const guard = (step: () => void) => {
    if (problem !== null) return;
    try {
      step();
    } catch (error) {
      problem ??= error instanceof Error ? error : new Error(String(error));
    }
  };
  return {
    write: (piece) => guard(() => parser.write(piece)),
    end: () =>
      guard(() => {
        if (!parser.isEnded) parser.end();
      }),
    failure: () => problem,
    isEnded: () => parser.isEnded,
    isInside: () => depth > 0,
  };
}

/**
 * Parses a document piece by piece, and yields after each. `onValue` tells whether a value is forgotten after it.
 * @throws RiskError `BAD_INPUT` where it is no JSON, or where too much of it would have to be held
 */
export async function* parsePieces(
  source: TextSource,
  paths: string[],
  onValue: (found: ParsedValue) => boolean,
  onToken?: (token: JsonToken) => void,
): AsyncGenerator<void> {
  let held = 0;
  const parser = createJsonPieces(
    paths,
    (found) => {
      if (onValue(found)) held = 0;
    },
    onToken === undefined ? {} : { onToken },
  );
  for await (const piece of source.open()) {
    held += piece.length;
    parser.write(piece);
    if (parser.failure() !== null) break;
    if (held > MOST_HELD) throw badFile(source.name, 'has no long list that could be read in parts; split it');
    yield;
  }
  if (parser.failure() !== null || !parser.isEnded()) throw brokenJson(source.name, parser.failure());
}

/** The error for a document that is no JSON. */
export function brokenJson(name: string, cause: unknown): Error {
  return badFile(name, 'begins like JSON but cannot be read as JSON: is it whole?', cause);
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Whether brackets stand deeper inside one another than a reader can follow. */
export function isNestedTooDeeply(text: string): boolean {
  let [depth, isText] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else depth += stepOf(code);
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** Opening brackets and braces, closing ones. */
function stepOf(code: number): number {
  if (code === 0x5b || code === 0x7b) return 1;
  return code === 0x5d || code === 0x7d ? -1 : 0;
}
