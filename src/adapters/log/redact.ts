import { clip } from '../../kernel/clip.ts';

/** Text from outside may be as long as it likes; a line of the log is read by people. */
const LONGEST_TEXT = 2000;
/** What of a text is looked through at all. */
const MOST_READ = 2 * LONGEST_TEXT;
const MOST_ENTRIES = 50;
const DEEPEST = 6;
const HIDDEN = '***';

/** Names of fields and headers that hold what gives access, whatever stands in them. */
const GIVES_ACCESS =
  /^(?:.*[-_]?(?:api[-_]?key|token|secret|passw(?:or)?d|credentials?)|authorization|proxy-authorization|cookie|set-cookie)$/i;

/** An address with an account, a query or a fragment: each may hold a key. */
const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>@]*@)?([^\s?#"'<>]*)(\?[^\s#"'<>]*)?(#[^\s"'<>]*)?/gi;

/**
 * A value fit for a line of the log. What gives access is told by its type (a `Secret` says `***` by itself, headers and addresses are
 * recognised as such) or by the name of its field; everything is bounded. `cut` takes out the secrets of the configuration, should one
 * have come into a text by another way.
 */
export function redact(value: unknown, cut: (text: string) => string = (text) => text): unknown {
  return visit(value, DEEPEST, cut);
}

function visit(value: unknown, depth: number, cut: (text: string) => string): unknown {
  if (typeof value === 'string') return clip(withoutAccess(cut(value).slice(0, MOST_READ)), LONGEST_TEXT);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  return visitObject(value, depth - 1, cut);
}

function visitObject(value: object, depth: number, cut: (text: string) => string): unknown {
  if (value instanceof URL) return visit(value.href, depth, cut);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return visit({ name: value.name, message: firstLine(value.message) }, depth, cut);
  if (value instanceof Headers) return Object.fromEntries([...value.keys()].map((name) => [name, HIDDEN]));
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((one) => visit(one, depth, cut));
  if ('toJSON' in value && typeof value.toJSON === 'function') return visit(value.toJSON(), depth, cut);
  return visitFields(value, depth, cut);
}

function visitFields(value: object, depth: number, cut: (text: string) => string): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(
    entries.map(([name, inner]) => [
      name,
      GIVES_ACCESS.test(name) && inner !== null && typeof inner !== 'number' ? HIDDEN : visit(inner, depth, cut),
    ]),
  );
}

/** Addresses without accounts, queries and fragments; bearer tokens without the token. */
function withoutAccess(text: string): string {
  return text
    .replace(
      ADDRESS,
      (_, scheme: string, account: string | undefined, rest: string, query: string | undefined) =>
        `${scheme}${account === undefined ? '' : `${HIDDEN}@`}${rest}${query === undefined ? '' : `?${HIDDEN}`}`,
    )
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
