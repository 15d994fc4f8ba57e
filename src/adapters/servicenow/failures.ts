import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import { clipLine, withoutMarkup } from '../../kernel/clip.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { HttpFailure } from '../../ports/http-client.ts';
import { type ServiceNowCredentials, secretsOf, settingsOf } from './credentials.ts';
import { findProblem } from './schema.ts';

/** Statuses that say what is wrong, so that asking again says the same. */
export function isFinal(status: number): boolean {
  return status === 400 || status === 401 || status === 403 || status === 404;
}

const LONGEST_WORDS = 200;

/** Turns failing answers into one line each: what is wrong, and what to do. */
export interface FailureWords {
  /** A request about a table that failed. */
  ofRequest(outcome: HttpFailure, doing: 'read' | 'write', table: string): RiskError;
  /** A reply that came and is none. */
  ofReply(what: string, table: string): RiskError;
  /** Signing in that failed. */
  ofSigningIn(outcome: HttpFailure | null): RiskError;
}

/** Words for the failures of an instance, without the secrets of its account. */
export function createFailureWords(credentials: ServiceNowCredentials): FailureWords {
  const secrets = secretsOf(credentials).filter((secret) => secret !== '');
  const settings = settingsOf(credentials);

  /** Text that the instance chose, fit for a message. */
  function quote(text: string | null): string {
    if (text === null || text === '') return '';
    const redacted = secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    return clipLine(withoutMarkup(redacted), LONGEST_WORDS);
  }

  function told(outcome: HttpFailure): string {
    const words = quote(findProblem(outcome.text));
    return `HTTP ${outcome.status}${words === '' ? '' : `: ${words}`}`;
  }

  return {
    ofRequest(outcome, doing, table) {
      const page = describePage(outcome.text);
      const wants = doing === 'read' ? 'be read' : 'be written';
      switch (outcome.status) {
        case 400: {
          const message = `ServiceNow refuses the request to ${doing} ${table} (${told(outcome)})`;
          return doing === 'read' ? new RiskError({ code: 'BAD_INPUT', message }) : sourceUnavailable(message, false);
        }
        case 401:
          return sourceUnavailable(`ServiceNow does not accept ${settings} (${told(outcome)})`, false);
        case 403:
          return sourceUnavailable(
            `ServiceNow does not let this account ${doing} ${table} (${told(outcome)}): give it a role that may`,
            false,
          );
        case 404:
          return sourceUnavailable(
            `ServiceNow has no ${table} at SERVICENOW_INSTANCE_URL (${told(outcome)}): is it the instance's address?`,
            false,
          );
      }
      if (page !== null) return sourceUnavailable(page, true);
      const words = quote(findProblem(outcome.text));
      const reason = `ServiceNow: ${table} cannot ${wants}: ${outcome.reason}${words === '' ? '' : ` (${words})`}`;
      return sourceUnavailable(reason, outcome.retryable);
    },
    ofReply: (what, table) =>
      sourceUnavailable(`ServiceNow: the answer about ${table} cannot be used: ${quote(what)}`, true),
    ofSigningIn(outcome) {
      if (outcome === null) {
        return sourceUnavailable('ServiceNow: /oauth_token.do answers without an access_token', false);
      }
      const page = outcome.status === 401 ? null : describePage(outcome.text);
      if (page !== null) return sourceUnavailable(page, true);
      if (outcome.status === null || !isFinal(outcome.status)) {
        return sourceUnavailable(`ServiceNow: no token can be had: ${outcome.reason}`, outcome.retryable);
      }
      return sourceUnavailable(`ServiceNow gives no token for ${settings} (${told(outcome)})`, false);
    },
  };
}

/** What a web page in the place of data is; null where it is none. */
function describePage(text: string | null): string | null {
  if (text === null || !/^\s*</.test(text)) return null;
  if (/hibernat/i.test(text)) {
    return 'the ServiceNow instance is hibernating: wake it up at developer.servicenow.com, then run this again';
  }
  return 'ServiceNow answers with a web page in the place of data: is SERVICENOW_INSTANCE_URL the address of the instance itself, and may the account use its REST API?';
}
