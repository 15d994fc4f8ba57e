/** A URL fit for messages: scheme, host and path, without credentials, query or fragment. */
export function publicUrl(url: URL): string {
  const text = `${url.protocol}//${url.host}${url.pathname}`;
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['EPIPE', 'connection reset'],
  ['UND_ERR_SOCKET', 'connection closed early'],
  ['ENOTFOUND', 'host not found'],
  ['EAI_AGAIN', 'host name cannot be looked up now'],
  ['ENETUNREACH', 'network unreachable'],
  ['EHOSTUNREACH', 'host unreachable'],
  ['ETIMEDOUT', 'connection timed out'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connection timed out'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'answer stalled'],
  ['Z_BUF_ERROR', 'compressed answer cut off'],
  ['Z_DATA_ERROR', 'compressed answer damaged'],
]);

/**
 * What the wire threw, in words of our own: its messages can quote header values, and so API keys. Only the code of the
 * cause is taken over.
 */
export function describeNetworkError(thrown: unknown): string {
  const code = codeOf(thrown) ?? codeOf(thrown instanceof Error ? thrown.cause : null);
  if (code === null) return 'network error';
  return WORDS.get(code) ?? (/^[A-Z0-9_]{1,50}$/.test(code) ? `network error ${code}` : 'network error');
}

function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}

/** Text that a server chose, made fit for messages: one printable line, bounded, without the secrets given. */
export function publicText(text: string, secrets: readonly string[]): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of hostile input must not reach a terminal.
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  const redacted = secrets
    .filter((secret) => secret !== '')
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), printable);
  return redacted.length > 200 ? `${redacted.slice(0, 199)}…` : redacted;
}

/** Milliseconds for people: "450 ms", "1.5 s", "30 s", "2 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${Number((milliseconds / 1000).toPrecision(2))} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}
