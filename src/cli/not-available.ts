import { RiskError } from '../kernel/risk-error.ts';

/** Refuses what the outside contract names and this version does not have. @throws RiskError always */
export function notAvailableYet(what: string): never {
  throw new RiskError({ code: 'NOT_AVAILABLE_YET', message: `${what} is not available yet` });
}
