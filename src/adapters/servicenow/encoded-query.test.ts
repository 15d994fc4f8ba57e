import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateQuery } from '../../../test/support/servicenow-query.ts';
import { condition, encodeQuery, userQuery } from './encoded-query.ts';

const ORDER = '^ORDERBYsys_created_on^ORDERBYsys_id';

/** Text of the signs and words that mean something in a query. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('^', '^OR', '^NQ', '^ORDERBY', 'STANCEOF', ',', '=', '!=', 'javascript:', '\n', '\r', 'IN', ' '),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** The query, or null where the value is refused. */
function attempt(make: () => string): string | null {
  try {
    return make();
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^ServiceNow query: [^\n]*$/) });
    return null;
  }
}

describe('a condition', () => {
  it('reads as it should', () => {
    expect(encodeQuery(condition('sys_id', 'IN', 'a1', 'b2'), condition('active', '=', 'true'))).toBe(
      `sys_idINa1,b2^active=true${ORDER}`,
    );
    expect(condition('correlation_id', 'STARTSWITH', 'eras:fix:')).toBe('correlation_idSTARTSWITHeras:fix:');
  });

  it.each([
    ['=', 'x^active=false'],
    ['=', 'x^^y'],
    ['IN', 'a,b'],
    ['IN', 'STANCEOFcmdb_ci_server'],
    ['=', 'javascript:gs.getUserID()'],
    ['=', ' JavaScript:gs.x()'],
    ['=', 'a\nb'],
    ['STARTSWITH', ''],
    ['IN', ' '],
  ] as const)('refuses %s %j', (operator, value) => {
    expect(attempt(() => condition('number', operator, value))).toBeNull();
  });

  it.each(['', 'a b', 'active=true^number', 'A', 'x^y', '1x'])('refuses the field %j', (field) => {
    expect(attempt(() => condition(field, '=', 'x'))).toBeNull();
  });

  it('is one condition, whatever the value', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('=', '!=', 'STARTSWITH', 'IN' as const), (value, operator) => {
        const query = attempt(() => encodeQuery(condition('number', operator, value)));
        if (query === null) return;
        expect(query.split('^')).toEqual([`number${operator}${value}`, 'ORDERBYsys_created_on', 'ORDERBYsys_id']);
        expect(query).not.toMatch(/javascript:|[\n\r]|^numberINSTANCEOF/i);
      }),
      { numRuns: 1000 },
    );
  });

  it('selects what is equal to the value and nothing else', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 5 }), (value, others) => {
        const query = attempt(() => encodeQuery(condition('number', '=', value)));
        if (query === null) return;
        const rows = [value, ...others].map((number, index) => ({ number, sys_id: String(index), active: 'true' }));
        const found = evaluateQuery(query, rows);
        expect(found.length).toBeGreaterThan(0);
        expect(found.every(({ number }) => number?.toLowerCase() === value.toLowerCase())).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('selects no more rows by several ids than by each', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (ids) => {
        const query = attempt(() => encodeQuery(condition('sys_id', 'IN', ...ids)));
        if (query !== null) expect(query.split('^', 1)[0]?.slice('sys_idIN'.length).split(',')).toEqual(ids);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the user's query", () => {
  it('is taken as it is, and put in a stable order', () => {
    const own = 'priority=1^active=true^ORpriority=2^sys_created_on>=javascript:gs.daysAgoStart(7)';
    expect(encodeQuery(userQuery(`^${own}^`))).toBe(own + ORDER);
  });

  it.each(['', ' ^ ', 'a=\u0000b'])('refuses %j', (text) => {
    expect(attempt(() => userQuery(text))).toBeNull();
  });
});
