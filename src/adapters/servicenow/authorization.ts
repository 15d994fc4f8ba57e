import type { HttpClient } from '../../ports/http-client.ts';
import type { SourceCall } from '../../ports/vulnerability-source.ts';
import type { ServiceNowCredentials } from './credentials.ts';
import { type FailureWords, isFinal } from './failures.ts';
import { findToken } from './schema.ts';

/** The header that signs requests in. */
export interface Authorization {
  /** @throws RiskError `SOURCE_UNAVAILABLE` where no token can be had */
  header(call: SourceCall): Promise<string>;
  /** Told that a header was not accepted; whether there is a fresh one to try. */
  refresh(refused: string): boolean;
}

/** What signing in depends on. */
export interface AuthorizationOptions {
  readonly http: HttpClient;
  readonly instanceUrl: string;
  readonly credentials: ServiceNowCredentials;
  readonly words: FailureWords;
}

const MAX_BYTES = 65_536;

/** Signs in by what was given: a name and password, a token, or a token that is fetched once and shared by all requests. */
export function createAuthorization({ http, instanceUrl, credentials, words }: AuthorizationOptions): Authorization {
  if (credentials.kind !== 'oauth') {
    const header = plainHeader(credentials);
    return { header: async () => header, refresh: () => false };
  }
  const form = toForm(credentials);
  let current: Promise<string> | null = null;
  let known: string | null = null;

  async function fetchHeader(call: SourceCall): Promise<string> {
    const outcome = await http.getJson({
      source: 'servicenow',
      url: `${instanceUrl}/oauth_token.do`,
      send: { method: 'POST', form },
      maxBytes: MAX_BYTES,
      wantsFailureText: true,
      answers: isFinal,
      call,
    });
    if (!outcome.ok) throw words.ofSigningIn(outcome);
    const token = findToken(outcome.body);
    if (token === null) throw words.ofSigningIn(null);
    known = `Bearer ${token}`;
    return known;
  }

  return {
    header(call) {
      current ??= fetchHeader(call).catch((error: unknown) => {
        // What failed once is asked for again.
        current = null;
        throw error;
      });
      return current;
    },
    refresh(refused) {
      // Of many requests that a token has run out for, the first asks for another.
      if (refused === known) {
        current = null;
        known = null;
      }
      return true;
    },
  };
}

function plainHeader(credentials: Exclude<ServiceNowCredentials, { kind: 'oauth' }>): string {
  if (credentials.kind === 'bearer') return `Bearer ${credentials.token}`;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function toForm({ clientId, clientSecret, user }: Extract<ServiceNowCredentials, { kind: 'oauth' }>) {
  const grant = user === null ? { grant_type: 'client_credentials' } : { grant_type: 'password', ...user };
  return { ...grant, client_id: clientId, client_secret: clientSecret };
}
