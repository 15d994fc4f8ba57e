import type { TextSource } from './text-source.ts';

/** What the reader should know of how a text was decoded: what was assumed, and what of it is lost; null where there is nothing to tell. */
export function tellDecoding({ name, decoding }: TextSource): {
  readonly assumed: string | null;
  readonly lost: string | null;
} {
  const { invalidBytes = 0, isWindows1252 = false } = decoding() ?? {};
  const bytes = invalidBytes === 1 ? '1 byte is' : `${invalidBytes} bytes are`;
  return {
    assumed: isWindows1252 ? `${name} is not UTF-8 and was read as windows-1252` : null,
    lost: invalidBytes === 0 ? null : `${name}: ${bytes} not UTF-8 and could not be read; save it as UTF-8`,
  };
}
