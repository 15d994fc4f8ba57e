import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CPE_ATTRIBUTES, parseCpe } from './cpe-name.ts';
import { escapeValue, unescapeValue } from './cpe-value.ts';
import { relateNames, relateValues } from './relation.ts';

function read(text: string) {
  const name = parseCpe(text);
  if (!name.ok) throw new Error(name.error);
  return Object.fromEntries(Object.entries(name.value).filter(([, value]) => value !== '*'));
}

describe('CPE names', () => {
  // The examples of NISTIR 7695, 6.2.
  it.each([
    [
      'cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*',
      { part: 'a', vendor: 'microsoft', product: 'internet_explorer', version: '8.0.6001', update: 'beta' },
    ],
    [
      'cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*',
      { part: 'a', vendor: 'microsoft', product: 'internet_explorer', version: '8.*', update: 'sp?' },
    ],
    [
      'cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*',
      {
        part: 'a',
        vendor: 'hp',
        product: 'insight_diagnostics',
        version: '7.4.0.1570',
        update: '-',
        swEdition: 'online',
        targetSw: 'win2003',
        targetHw: 'x64',
      },
    ],
    [
      'cpe:2.3:a:foo\\\\bar:big\\$money:2010:*:*:*:special:ipod_touch:80gb:*',
      {
        part: 'a',
        vendor: 'foo\\\\bar',
        product: 'big\\$money',
        version: '2010',
        swEdition: 'special',
        targetSw: 'ipod_touch',
        targetHw: '80gb',
      },
    ],
  ])('are read from the formatted string %s', (text, expected) => expect(read(text)).toEqual(expected));

  // The examples of NISTIR 7695, 6.1.2.4 and 6.1.3.3.
  it.each([
    [
      'cpe:/a:microsoft:internet_explorer:8.0.6001:beta',
      'cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*',
    ],
    ['cpe:/a:microsoft:internet_explorer:8.%02:sp%01', 'cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*'],
    [
      'cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~',
      'cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*',
    ],
    ['cpe:/a:foo%5cbar:big%24money:2010:::', 'cpe:2.3:a:foo\\\\bar:big\\$money:2010:*:*:*:*:*:*:*'],
    ['cpe:/o:cisco:ios:15.2%284%29m3', 'cpe:2.3:o:cisco:ios:15.2\\(4\\)m3:*:*:*:*:*:*:*'],
  ])('are read from the URI %s as %s', (uri, formatted) => expect(read(uri)).toEqual(read(formatted)));

  it('are equal whatever tools escape, capitalise or leave out', () => {
    const expected = read('cpe:2.3:a:gnu:libstdc\\+\\+:4.8.2-19:*:*:*:*:*:*:*');
    expect(read('cpe:2.3:a:GNU:libstdc++:4\\.8\\.2\\-19:*:*:*:*:*:*:*')).toEqual(expected);
    expect(read(' cpe:2.3:a:gnu:libstdc\\+\\+:4.8.2-19 ')).toEqual(expected);
    expect(read('cpe:2.3:a:v:p:\\-:*:*:*:*:*:*:*')['version']).toBe('\\-');
    expect(read('cpe:2.3:a:v:a\\:b:1:*:*:*:*:*:*:*')['product']).toBe('a\\:b');
  });

  it.each([
    '',
    'log4j',
    'cpe:2.3:a:apache',
    'cpe:2.3:x:apache:log4j:1:*:*:*:*:*:*:*',
    'cpe:2.3:a:soap::lite_project:soap::lite:*:*:*:*:*:perl:*:*',
    'cpe:2.3:a:v:p:1:*:*:*:*:*:*:*:*',
    'cpe:2.3:a:v:p:1*2:*:*:*:*:*:*:*',
    'cpe:2.3:a:v:p q:1:*:*:*:*:*:*:*',
    'cpe:/a:v:p:1%zz',
    'cpe:/a:v:p:1:2:~a~b',
    'cpe:/a:b:c:d:e:f:g:h',
    `cpe:2.3:a:v:${'p'.repeat(2000)}`,
  ])('are not %j', (text) => expect(parseCpe(text).ok).toBe(false));

  it('never throw, and keep their values through both ways of writing', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseCpe(`cpe:2.3:${text}`).ok === 'boolean'));
    fc.assert(fc.property(fc.string(), (text) => typeof parseCpe(`cpe:/${text}`).ok === 'boolean'));
    const value = fc.stringMatching(/^[!-@[-~]{1,12}$/);
    fc.assert(fc.property(value, (text) => unescapeValue(escapeValue(text)) === text));
  });
});

describe('relations', () => {
  // NISTIR 7696, table 6-2; i: a value, k: another one, m: a value with wildcards.
  it.each([
    ['*', '*', 'equal'],
    ['*', '-', 'superset'],
    ['*', 'i', 'superset'],
    ['*', 'm*', 'undefined'],
    ['-', '*', 'subset'],
    ['-', '-', 'equal'],
    ['-', 'i', 'disjoint'],
    ['-', 'm*', 'undefined'],
    ['i', 'i', 'equal'],
    ['i', 'k', 'disjoint'],
    ['i', 'm*', 'undefined'],
    ['i', '-', 'disjoint'],
    ['i', '*', 'subset'],
    ['m*', 'mi', 'superset'],
    ['m*', 'i', 'disjoint'],
    ['m*', '-', 'disjoint'],
    ['m*', '*', 'subset'],
    ['m*', 'k*', 'undefined'],
    ['?m', 'am', 'superset'],
    ['?m', 'm', 'superset'],
    ['?m', 'abm', 'disjoint'],
    ['*8.0*', '18.0.1', 'superset'],
    ['8.0?', '8x01', 'disjoint'],
    ['c\\+*', 'c\\+\\+', 'superset'],
    ['m\\*', 'mi', 'disjoint'],
  ] as const)('%s to %s is %s', (source, target, relation) => expect(relateValues(source, target)).toBe(relation));

  // NISTIR 7696, 6.2, table 6-4 and the examples of appendix A in this project's own names.
  it.each([
    ['cpe:2.3:a:v:p:*', 'cpe:2.3:a:v:p:1.0', 'superset'],
    ['cpe:2.3:a:v:p:1.0', 'cpe:2.3:a:v:p:*', 'subset'],
    ['cpe:2.3:a:v:p:1.0', 'cpe:2.3:a:v:p:1.0', 'equal'],
    ['cpe:2.3:a:v:p:1.0:sp1', 'cpe:2.3:a:v:p:1.0:sp2', 'disjoint'],
    ['cpe:2.3:a:v:p:1.0:*:*:*:*:linux', 'cpe:2.3:a:v:p:1.0:sp1:*:*:*:*', 'undefined'],
  ] as const)('%s to %s is %s', (source, target, relation) => {
    const [one, other] = [parseCpe(source), parseCpe(target)];
    expect(one.ok && other.ok && relateNames(one.value, other.value)).toBe(relation);
  });

  it('has eleven attributes', () => expect(CPE_ATTRIBUTES).toHaveLength(11));
});
