import { describe, expect, it } from 'vitest';
import { readFilters } from './filters.ts';

describe('conditions on documents', () => {
  it('names a field and one or several values', () => {
    expect(readFilters(['Risk_Level = Critical', 'type=pdf|docx', 'owner=a=b'])).toEqual([
      { field: 'risk_level', is: 'one', values: ['Critical'] },
      { field: 'type', is: 'one', values: ['pdf', 'docx'] },
      { field: 'owner', is: 'one', values: ['a=b'] },
    ]);
  });

  it.each([
    ['system="pay|hr"', ['pay|hr']],
    ['system="pay|hr"|web', ['pay|hr', 'web']],
    ['system=web | "pay|hr" ', ['web', 'pay|hr']],
    ['title="The ""new"" gateway"', ['The "new" gateway']],
    ['title=a 19" rack|b', ['a 19" rack', 'b']],
    ['title="a" and "b"', ['"a" and "b"']],
    ['title="a|b', ['"a', 'b']],
    ['title="""a|b"""', ['"a|b"']],
    ['title=a|', ['a', '']],
  ])('takes a value in quotes as it is: %s', (text, values) => expect(readFilters([text])[0]?.values).toEqual(values));

  it('bounds dates', () => {
    expect(readFilters(['date>=2026-01-01', 'date <= 2026-02-01'])).toEqual([
      { field: 'date', is: 'from', values: ['2026-01-01'] },
      { field: 'date', is: 'to', values: ['2026-02-01'] },
    ]);
  });

  it.each([
    'risk_level!=Critical',
    'date=2026-13-45',
    'date=2026-01-01|soon',
    'x',
    '=y',
    'x=',
    'date>=soon',
    'date>=2026-02-31',
    'system>=2026-01-01',
  ])('refuses %j', (text) => expect(() => readFilters([text])).toThrow(/^--filter "/));
});
