import type { ClientConfig } from 'pg';
import { RiskError } from '../../kernel/risk-error.ts';

/** As libpq names them (PostgreSQL documentation, "SSL Support", table of sslmode descriptions). */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

type Options = Pick<ClientConfig, 'connectionString' | 'ssl'>;

/** Ways to connect, to be tried in turn, and when the next one is. */
export interface ConnectionPlan {
  readonly ways: readonly Options[];
  /** `allow` begins without TLS; `prefer`, the default, begins with it. */
  readonly begins: 'plain' | 'tls';
}

/**
 * Reads the TLS mode of a URL as libpq means it: `prefer` and `allow` try the other way where the first is not to be had, `require` asks for
 * TLS of whatever certificate (with `sslrootcert`, as `verify-ca`), `verify-ca` wants one of that authority, `verify-full` the server's name on it, too.
 * @throws RiskError `BAD_INPUT`, which never shows the URL
 */
export function planConnection(text: string): ConnectionPlan {
  const url = parse(text);
  const named = url.searchParams.get('sslmode') ?? 'prefer';
  const mode = SSL_MODES.find((known) => known === named);
  if (mode === undefined) throw bad(`its sslmode is none of ${SSL_MODES.join(', ')}`);
  if (mode === 'verify-ca' && !url.searchParams.has('sslrootcert')) {
    throw bad('sslmode=verify-ca needs sslrootcert, the file of the authority that signs for the server');
  }
  if (mode === 'require' || mode.startsWith('verify')) {
    url.searchParams.set('uselibpqcompat', 'true');
    return { ways: [{ connectionString: url.href }], begins: 'tls' };
  }
  url.searchParams.delete('sslmode');
  const plain: Options = { connectionString: url.href, ssl: false };
  if (mode === 'disable' || isSocket(url)) return { ways: [plain], begins: 'plain' };
  const encrypted: Options = { connectionString: url.href, ssl: { rejectUnauthorized: false } };
  return mode === 'allow' ? { ways: [plain, encrypted], begins: 'plain' } : { ways: [encrypted, plain], begins: 'tls' };
}

function parse(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw bad('it cannot be read as a URL; characters such as @ : / # in a password are written %40 %3A %2F %23');
}

function isSocket(url: URL): boolean {
  return (url.searchParams.get('host') ?? decodeURIComponent(url.hostname)).startsWith('/');
}

function bad(reason: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `DATABASE_URL cannot be used: ${reason}` });
}
