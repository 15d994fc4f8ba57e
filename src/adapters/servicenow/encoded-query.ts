import { RiskError } from '../../kernel/risk-error.ts';

/** Operators of encoded queries that ERAS writes. */
export type QueryOperator = '=' | '!=' | 'STARTSWITH' | 'IN';

/** Part of an encoded query that only this module makes, so that no unchecked text passes for one. */
export type QueryPart = string & { readonly __brand: 'QueryPart' };

/** Operators that begin like one of ours: a value must not turn `IN` into `INSTANCEOF`. */
const LONGER_OPERATORS = ['INSTANCEOF'] as const;
/** `^` ends a condition. ServiceNow documents no way to quote it that holds for all operators and releases, so that it is refused. */
const SEPARATOR = /\^/;
/** Values that begin so are run as a script by the instance. */
const SCRIPT = /javascript:/i;
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const FIELD = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/;

/**
 * A condition on a field. Of several values, which only `IN` takes, one must match.
 * @throws RiskError `BAD_INPUT` for a value that could be read as more than a value
 */
export function condition(field: string, operator: QueryOperator, ...values: readonly string[]): QueryPart {
  if (!FIELD.test(field)) throw refused('field', field, 'is no name of a field');
  if (values.length === 0 || (operator !== 'IN' && values.length > 1)) {
    throw refused('condition', `${field}${operator}`, `has ${values.length} values`);
  }
  for (const value of values) checkValue(operator, value);
  const text = `${operator}${values.join(',')}`;
  if (LONGER_OPERATORS.some((longer) => longer.length > operator.length && text.startsWith(longer))) {
    throw refused('value', values[0] ?? '', 'would make another operator of it');
  }
  return `${field}${text}` as QueryPart;
}

function checkValue(operator: QueryOperator, value: string): void {
  if (SEPARATOR.test(value)) throw refused('value', value, 'holds ^, which ends a condition');
  if (SCRIPT.test(value)) throw refused('value', value, 'holds javascript:, which an instance would run');
  if (UNPRINTABLE.test(value)) throw refused('value', value, 'holds a control character');
  if (operator === 'IN' && value.includes(',')) throw refused('value', value, 'holds a comma, which separates values');
  // Nothing begins with nothing: such a condition would select everything.
  if (operator !== '=' && operator !== '!=' && value.trim() === '') throw refused('value', value, 'is empty');
}

/**
 * The user's own query, as it is: it may hold any condition, and scripts such as `javascript:gs.daysAgoStart(7)`, which run with the rights of
 * the user's account. @throws RiskError `BAD_INPUT` for text that cannot be one
 */
export function userQuery(text: string): QueryPart {
  const query = text.trim().replace(/^\^+|\^+$/g, '');
  if (query === '') throw refused('query', text, 'is empty; leave it out for active=true');
  if (UNPRINTABLE.test(query)) throw refused('query', query, 'holds a control character');
  return query as QueryPart;
}

/** An order that no two rows share, so that pages neither skip nor repeat one. */
const STABLE_ORDER = '^ORDERBYsys_created_on^ORDERBYsys_id';

/** An encoded query in which all conditions must hold, in a stable order. */
export function encodeQuery(...parts: readonly QueryPart[]): string {
  return parts.join('^') + STABLE_ORDER;
}

/** The same, the newest first: of more rows than can be read, those that nobody has seen yet. */
export function encodeNewestFirst(...parts: readonly QueryPart[]): string {
  return `${parts.join('^')}^ORDERBYDESCsys_created_on^ORDERBYDESCsys_id`;
}

/**
 * The user's query without the rows whose field has a text; those whose field is empty stay. The condition stands before each of the alternatives that `^NQ` separates (`^OR` binds to the condition before it alone), since
 * `^EQ`, which copied queries end with, would end it.
 */
export function withoutOwn(query: QueryPart, field: string, text: string): QueryPart {
  checkValue('=', text);
  const others = `${field}ISEMPTY^OR${field}NOT LIKE${text}^`;
  // In a value a caret stands twice.
  const alternatives = query.replace(/(\^+)NQ/g, (all, carets: string) =>
    carets.length % 2 === 1 ? `${all}${others}` : all,
  );
  return `${others}${alternatives}` as QueryPart;
}

function refused(what: string, value: string, why: string): RiskError {
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return new RiskError({ code: 'BAD_INPUT', message: `ServiceNow query: the ${what} ${shown} ${why}` });
}
