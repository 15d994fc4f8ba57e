/** Why a document cannot be read, in our own words: one line to follow its path, with what to do. Words of libraries never get that far. */
export class UnreadableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableError';
  }
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there any more; ingest again when it is',
  EACCES: 'it may not be read; give yourself the right to read it',
  EPERM: 'it may not be read; give yourself the right to read it',
  ELOOP: 'it is a link in a circle; remove it',
};
const SAVE_AGAIN = 'open it, save it again and ingest it';

/**
 * One line on whatever was thrown while a document was read.
 * @param kind what it was read as, for people, such as `DOCX`
 */
export function reasonOf(error: unknown, kind: string): string {
  if (error instanceof UnreadableError) return error.message;
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return `it is nested deeper than any document is; ${SAVE_AGAIN} in a plainer form`;
  const words = error instanceof Error && 'code' in error ? SYSTEM_WORDS[String(error.code)] : undefined;
  return words ?? `it is broken and cannot be read as ${kind}; ${SAVE_AGAIN}`;
}
