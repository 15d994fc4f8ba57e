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

  it('bounds dates', () => {
    expect(readFilters(['date>=2026-01-01', 'date <= 2026-02-01'])).toEqual([
      { field: 'date', is: 'from', values: ['2026-01-01'] },
      { field: 'date', is: 'to', values: ['2026-02-01'] },
    ]);
  });

  it.each(['x', '=y', 'x=', 'date>=soon', 'date>=2026-02-31', 'system>=2026-01-01'])('refuses %j', (text) =>
    expect(() => readFilters([text])).toThrow(/^--filter "/),
  );
});
