import { z } from 'zod';
import { RiskError } from '../kernel/risk-error.ts';
import { bad, type Read, readUrl } from './read-setting.ts';
import { Secret } from './secret.ts';
import type { SettingName } from './settings.ts';

/** A column of a table, also one reached through a reference. */
const FieldName = z.string().regex(/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/, 'is no name of a field');

/** Incidents read at most where nothing else is said. */
const MOST_INCIDENTS = 1000;
/** Vulnerable items of the assets that these name: a server has some hundred. */
const MOST_ITEMS = 5000;

/** What the config file may say of ServiceNow: where a configuration item tells its exposure, what the field's values mean, how many incidents and vulnerable items are read. */
export const ServiceNowFile = z.strictObject({
  exposureField: FieldName.optional(),
  exposureValues: z.record(z.string(), z.enum(['small', 'controlled', 'open'])).optional(),
  maxIncidents: z.int().min(1).max(100_000).optional(),
  maxVulnerableItems: z.int().min(0).max(100_000).optional(),
});
export type ServiceNowFile = z.infer<typeof ServiceNowFile>;

/** How ERAS signs in, from what is set: a token before an OAuth client before a name and password. */
export type ServiceNowAccess =
  | { readonly kind: 'basic'; readonly username: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly user: { readonly username: string; readonly password: Secret } | null;
    };

/** Which ServiceNow instance there is and how it is asked. */
export interface ServiceNowConfig {
  readonly instanceUrl: string;
  /** Null: nothing to sign in with is set. */
  readonly access: ServiceNowAccess | null;
  readonly exposureField: string | null;
  /** By value in lower case. */
  readonly exposureValues: Readonly<Record<string, 'small' | 'controlled' | 'open'>>;
  readonly maxIncidents: number;
  /** 0: vulnerable items are not read. */
  readonly maxVulnerableItems: number;
}

/** Reads the instance's settings; null where none is named. @throws RiskError `BAD_INPUT` */
export function readServiceNow(read: Read, file: ServiceNowFile | undefined): ServiceNowConfig | null {
  if (read('SERVICENOW_INSTANCE_URL') === null) return null;
  const instanceUrl = readUrl(read, 'SERVICENOW_INSTANCE_URL');
  const { username, password, search, hash } = new URL(instanceUrl);
  if (username !== '' || password !== '' || search !== '' || hash !== '') {
    throw bad('SERVICENOW_INSTANCE_URL', 'the bare address of an instance, such as https://example.service-now.com');
  }
  const values = Object.entries(file?.exposureValues ?? {});
  return {
    instanceUrl,
    access: readAccess(read),
    exposureField: file?.exposureField ?? null,
    exposureValues: Object.fromEntries(values.map(([value, exposure]) => [value.trim().toLowerCase(), exposure])),
    maxIncidents: file?.maxIncidents ?? MOST_INCIDENTS,
    maxVulnerableItems: file?.maxVulnerableItems ?? MOST_ITEMS,
  };
}

function readAccess(read: Read): ServiceNowAccess | null {
  const token = readSecret(read, 'SERVICENOW_TOKEN');
  if (token !== null) return { kind: 'bearer', token };
  const [username, password] = readBoth(read, 'SERVICENOW_USERNAME', 'SERVICENOW_PASSWORD') ?? [];
  const user = username === undefined || password === undefined ? null : { username, password };
  const [clientId, clientSecret] = readBoth(read, 'SERVICENOW_CLIENT_ID', 'SERVICENOW_CLIENT_SECRET') ?? [];
  if (clientId !== undefined && clientSecret !== undefined) return { kind: 'oauth', clientId, clientSecret, user };
  return user === null ? null : { kind: 'basic', ...user };
}

/** Two settings of which neither says anything alone. */
function readBoth(read: Read, name: SettingName, secretName: SettingName): [string, Secret] | null {
  const [value, secret] = [read(name), readSecret(read, secretName)];
  if (value !== null && secret !== null) return [value, secret];
  if (value === null && secret === null) return null;
  const [given, missing] = value === null ? [secretName, name] : [name, secretName];
  throw new RiskError({ code: 'BAD_INPUT', message: `${given} needs ${missing} beside it` });
}

/** No header can carry a line break, which files of secrets tend to end with. */
function readSecret(read: Read, name: SettingName): Secret | null {
  const text = read(name)?.trim() ?? '';
  if (text === '') return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (/[\u0000-\u001f\u007f]/.test(text)) throw bad(name, 'a secret without control characters');
  return new Secret(text);
}
