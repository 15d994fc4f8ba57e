import { describe, expect, it } from 'vitest';
import { chooseFormat, unheededOptions } from './formats.ts';

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

  it.each([
    ['pdf', { template: 't', lang: 'de', since: 'A' }, null],
    ['md', { template: 't', since: 'A' }, null],
    ['md', { lang: 'de' }, 'warning: --lang has no effect on md; choose html, pdf, docx'],
    ['csv', { lang: 'de', since: 'A' }, 'warning: --lang and --since have no effect on csv; choose html, pdf, docx'],
    ['json', {}, null],
  ] as const)('%s with %o says %s', (format, given, warning) => {
    expect(unheededOptions(format, given)).toBe(warning);
  });

  it.each(['pdf', 'docx'])('%s needs a file', (name) => {
    expect(() => chooseFormat(name, null)).toThrow(`${name} is binary and needs a file: name one with --output`);
    expect(chooseFormat(undefined, `report.${name}`)).toBe(name);
  });
});
