import { describe, expect, it } from 'vitest';
import { chooseFormat } from './formats.ts';

describe('the format', () => {
  it.each([
    [undefined, null, 'table'],
    [undefined, '-', 'table'],
    [undefined, 'report', 'table'],
    [undefined, 'out.d/report', 'table'],
    [undefined, 'report.txt', 'table'],
    [undefined, 'report.JSON', 'json'],
    [undefined, 'a.b.markdown', 'md'],
    ['json', 'report.md', 'json'],
  ])('of %s and %s is %s', (name, path, format) => {
    expect(chooseFormat(name, path)).toBe(format);
  });

  it.each([
    ['yaml', null],
    ['', null],
    ['toString', null],
    [undefined, 'report.xlsx'],
    [undefined, 'report.'],
  ])('of %s and %s is bad usage', (name, path) => {
    expect(() => chooseFormat(name, path)).toThrow('is no format; choose table, json, md');
  });
});
