import { messageOf, RiskError } from '../../kernel/risk-error.ts';

/** Where a server is and as whom it is asked, for messages: no password. */
export interface ServerPlace {
  readonly address: string;
  readonly user: string;
  readonly database: string;
}

/** Of the operating system: the connection was lost, or there is nobody to connect to. */
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
/** Of the server (appendix A of its documentation): it stops, crashed or starts; it is out of connections; two transactions stood in each other's way. */
const PASSING = new Set(['57P01', '57P02', '57P03', '53300', '40001', '40P01']);
/** What the client says without a code. */
const LOST_MESSAGE =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable)/;

/** The code of a thrown error; empty where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

/** Whether the way to the server was lost, so that nobody knows what became of what was asked last. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  return LOST.has(code) || /^(?:08|57P0)/.test(code) || (error instanceof Error && LOST_MESSAGE.test(error.message));
}

/** Whether the same may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return isConnectionLoss(error) || PASSING.has(codeOf(error));
}

/** Whether a server declines TLS, or whoever comes without it. */
export function declines(error: unknown, way: 'plain' | 'tls'): boolean {
  const message = messageOf(error);
  return way === 'tls'
    ? message.includes('does not support SSL')
    : codeOf(error) === '28000' && message.includes('no encryption');
}

const ADVICE: readonly (readonly [RegExp, (place: ServerPlace, message: string) => string])[] = [
  [/^28P01$/, ({ user }) => `refuses the password of "${user}"; look at DATABASE_URL`],
  [/^28/, ({ user }, message) => `refuses "${user}": ${message}; look at DATABASE_URL and the server's pg_hba.conf`],
  [/^3D000$/, ({ database }) => `has no database "${database}"; create it, or name another one in DATABASE_URL`],
  [
    /^42501$/,
    ({ user, database }, message) =>
      `does not let "${user}" do that: ${message}; GRANT CREATE ON DATABASE "${database}" TO "${user}"`,
  ],
  [/^57014$/, () => 'took longer than DATABASE_TIMEOUT_MS for one statement; raise it, or look at the server'],
  [/^53300$/, () => 'has no connection left; lower DATABASE_POOL_SIZE, or raise its max_connections'],
  [/^53100$/, () => 'has no room left on its disk'],
  [/^25006$/, () => 'may only be read: DATABASE_URL names a standby, or a database that is set read-only'],
];

/** An error of the server or the way to it as one line, without secrets. */
export function toStoreError(error: unknown, place: ServerPlace): RiskError {
  if (error instanceof RiskError) return error;
  const code = codeOf(error);
  const message = messageOf(error) || messageOf(error instanceof AggregateError ? error.errors[0] : error) || code;
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  const what =
    advice?.(place, message) ??
    adviseOnTls(code, message) ??
    (isConnectionLoss(error)
      ? `is not reachable: ${message}; look at DATABASE_URL and at the server that it names`
      : `failed: ${message}`);
  return new RiskError({
    code: 'STORE_FAILED',
    message: `PostgreSQL at ${place.address} ${what}`,
    retryable: isPassing(error),
    cause: error,
  });
}

/** Of OpenSSL, as Node.js passes it on: a certificate is not trusted, or is another one's. */
const UNTRUSTED = /^(?:ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_)/;

function adviseOnTls(code: string, message: string): string | null {
  if (message.includes('does not support SSL')) return 'does not speak TLS, which the sslmode of DATABASE_URL asks for';
  return UNTRUSTED.test(code) ? `has a certificate that is not trusted: ${message}; see sslmode and sslrootcert` : null;
}
