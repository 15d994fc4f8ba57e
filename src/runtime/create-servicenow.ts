import { createServiceNowAssets } from '../adapters/servicenow/create-asset-source.ts';
import { createServiceNowTickets } from '../adapters/servicenow/create-ticket-system.ts';
import type { ServiceNowCredentials } from '../adapters/servicenow/credentials.ts';
import type { Config } from '../config/config.ts';
import type { ServiceNowAccess } from '../config/servicenow-config.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { AssetSource, RecallItems } from '../ports/asset-source.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { TicketSystem } from '../ports/ticket-system.ts';

/** A ServiceNow instance: what is read of it, and where tickets are written. */
export interface ServiceNow {
  readonly assets: AssetSource;
  readonly tickets: TicketSystem;
}

/** Refuses to go on without the settings that ServiceNow takes. @throws RiskError `BAD_INPUT` */
export function requireServiceNow({ serviceNow }: Pick<Config, 'serviceNow'>): void {
  getSettings(serviceNow);
}

/** Puts the instance together that the settings name. @throws RiskError `BAD_INPUT` where they do not */
export function createServiceNow(
  { serviceNow }: Pick<Config, 'serviceNow'>,
  http: HttpClient,
  recallItems?: RecallItems,
): ServiceNow {
  const { config, access } = getSettings(serviceNow);
  const { instanceUrl, exposureField, exposureValues, maxIncidents, maxVulnerableItems } = config;
  const options = { http, instanceUrl, credentials: reveal(access) };
  const exposure = exposureField === null ? null : { field: exposureField, values: exposureValues };
  return {
    assets: createServiceNowAssets({
      ...options,
      exposure,
      mostIncidents: maxIncidents,
      mostItems: maxVulnerableItems,
      ...(recallItems === undefined ? {} : { recallItems }),
    }),
    tickets: createServiceNowTickets(options),
  };
}

function getSettings(config: Config['serviceNow']) {
  if (config === null) throw missing('SERVICENOW_INSTANCE_URL, such as https://example.service-now.com');
  const { access } = config;
  if (access === null) {
    throw missing(
      'SERVICENOW_USERNAME and SERVICENOW_PASSWORD, SERVICENOW_TOKEN, or SERVICENOW_CLIENT_ID and SERVICENOW_CLIENT_SECRET',
    );
  }
  if (!isConfidential(config.instanceUrl)) {
    const message = 'SERVICENOW_INSTANCE_URL is http: the credentials would cross the network in clear; use https';
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  return { config, access };
}

/** Names and addresses that only exist inside a network (RFC 1918, RFC 4193, RFC 6762, names without a point): a proxy or a stand-in there. */
const INSIDE =
  /^(?:[^.]+|.*\.(?:localhost|local|internal|lan|home\.arpa)|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|127(?:\.\d{1,3}){3}|\[(?:::1|f[cd][\da-f:]+)\])$/;

/** Whether nobody outside can read what is sent: by TLS, or because it does not leave the network. */
export function isConfidential(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || INSIDE.test(hostname);
}

function missing(what: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `--servicenow needs ${what}` });
}

function reveal(access: ServiceNowAccess): ServiceNowCredentials {
  switch (access.kind) {
    case 'bearer':
      return { kind: 'bearer', token: access.token.reveal() };
    case 'basic':
      return { ...access, password: access.password.reveal() };
    case 'oauth': {
      const { user } = access;
      return {
        ...access,
        clientSecret: access.clientSecret.reveal(),
        user: user === null ? null : { ...user, password: user.password.reveal() },
      };
    }
  }
}
