/** The account of the stand-in instance, and what its secrets are. */
export const ACCOUNT = { username: 'eras', password: 'secret: word' } as const;
export const CLIENT = { clientId: 'client', clientSecret: 'client-secret' } as const;

/** Tokens that are good, and how many were given out. */
export interface OAuthState {
  readonly tokens: Set<string>;
  issued: number;
}

/** Whether a header signs in: by name and password, or by a token that is good. */
export function isSignedIn({ tokens }: OAuthState, header: string | undefined): boolean {
  const [, scheme = '', credentials = ''] = /^(Basic|Bearer) (.+)$/.exec(header ?? '') ?? [];
  if (scheme === 'Bearer') return tokens.has(credentials);
  return Buffer.from(credentials, 'base64').toString('utf8') === `${ACCOUNT.username}:${ACCOUNT.password}`;
}

/** The answer of `/oauth_token.do`. */
export function tokenReply(state: OAuthState, body: string) {
  const form = Object.fromEntries(new URLSearchParams(body));
  const isClient = form['client_id'] === CLIENT.clientId && form['client_secret'] === CLIENT.clientSecret;
  const isUser = form['username'] === ACCOUNT.username && form['password'] === ACCOUNT.password;
  const isGranted = form['grant_type'] === 'client_credentials' || (form['grant_type'] === 'password' && isUser);
  if (!isClient || !isGranted) {
    return { status: 401, json: { error_description: 'access_denied', error: 'server_error' } };
  }
  state.issued += 1;
  const token = `issued-token-${state.issued}`;
  state.tokens.add(token);
  return { status: 200, json: { access_token: token, scope: 'useraccount', token_type: 'Bearer', expires_in: 1799 } };
}
