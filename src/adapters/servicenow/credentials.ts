import { createHash } from 'node:crypto';

/** How ERAS signs in to an instance. */
export type ServiceNowCredentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      /** For the password grant; null: client credentials. */
      readonly user: { readonly username: string; readonly password: string } | null;
    };

/** The settings that the credentials come from, for people who have to mend them. */
export function settingsOf(credentials: ServiceNowCredentials): string {
  if (credentials.kind === 'bearer') return 'SERVICENOW_TOKEN';
  const user = 'SERVICENOW_USERNAME and SERVICENOW_PASSWORD';
  if (credentials.kind === 'basic') return user;
  const client = 'SERVICENOW_CLIENT_ID and SERVICENOW_CLIENT_SECRET';
  return credentials.user === null ? client : `${client} with ${user}`;
}

/** What must never be seen: a hostile or careless instance may send it back in its words. */
export function secretsOf(credentials: ServiceNowCredentials): readonly string[] {
  switch (credentials.kind) {
    case 'bearer':
      return [credentials.token];
    case 'basic':
      return [credentials.password];
    case 'oauth':
      return [credentials.clientSecret, ...(credentials.user === null ? [] : [credentials.user.password])];
  }
}

/** A name of the account that tells nothing secret, for what is counted or kept by account. */
export function accountOf(instanceUrl: string, credentials: ServiceNowCredentials): string {
  const { kind } = credentials;
  const name =
    kind === 'bearer'
      ? createHash('sha256').update(credentials.token).digest('hex').slice(0, 16)
      : kind === 'basic'
        ? credentials.username
        : `${credentials.clientId} ${credentials.user?.username ?? ''}`.trim();
  return `${instanceUrl} ${kind} ${name}`;
}
