import { failure, type Result, success } from '../../kernel/result.ts';
import type { WireResponse } from './wire.ts';

/** Reads a body up to a limit, counting what arrives after decompression. */
export async function readBody(
  { header, body, discard }: WireResponse,
  maxBytes: number,
  onArrival?: () => void,
): Promise<Result<Uint8Array, string>> {
  const tooLong = failure(`answer longer than ${megabytes(maxBytes)}`);
  if (Number(header('content-length') ?? 0) > maxBytes) {
    discard();
    return tooLong;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    onArrival?.();
    length += chunk.byteLength;
    // Leaving the loop destroys the stream.
    if (length > maxBytes) return tooLong;
    chunks.push(chunk);
  }
  return success(Buffer.concat(chunks, length));
}

/** An error's message is short; a page of HTML says what it is in its head. */
const BEGINNING_BYTES = 16_384;

/** The beginning of a body that is no answer, as far as it arrives. */
export async function readBeginning({ body }: WireResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length >= BEGINNING_BYTES) break;
    }
  } catch {
    // The status has said already that the request failed.
  }
  return beginningOf(Buffer.concat(chunks, length));
}

/** The beginning of bytes as text. */
export function beginningOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, BEGINNING_BYTES));
}

/** Why a text is no JSON. Cut off: the connection or a proxy ended it early, so that asking again is worth it. */
export type JsonFailure = 'cut off' | 'garbage';

/** Reads JSON, telling a text that was cut off from one that never was JSON. */
export function parseJson(bytes: Uint8Array): Result<unknown, JsonFailure> {
  const text = new TextDecoder().decode(bytes).trim();
  try {
    return success(JSON.parse(text));
  } catch {
    const first = text.at(0);
    if (first === undefined) return failure('cut off');
    const closing = first === '{' ? '}' : first === '[' ? ']' : null;
    return failure(closing !== null && text.at(-1) !== closing ? 'cut off' : 'garbage');
  }
}

function megabytes(bytes: number): string {
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MB` : `${bytes} bytes`;
}
