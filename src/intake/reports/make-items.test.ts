import { describe, expect, it } from 'vitest';
import { distinctIds, toFinding, toFixedStatement, toHost } from './make-items.ts';

describe('toHost', () => {
  it.each([
    [['web-1', '10.0.0.1'], { hostname: 'web-1', ip: '10.0.0.1' }],
    [['10.0.0.1', 'web-1'], { hostname: 'web-1', ip: '10.0.0.1' }],
    [['https://user:pass@web.example:8443/a?b'], { hostname: 'web.example', ip: null }],
    [['web.example:443'], { hostname: 'web.example', ip: null }],
    [['http://[2001:db8::1]:80/'], { hostname: null, ip: '2001:db8::1' }],
    [['2001:db8::1', null, '', 'a b'], { hostname: null, ip: '2001:db8::1' }],
    [[null, undefined, {}], null],
  ])('%j', (names, host) => {
    expect(toHost(...names)).toEqual(host);
  });
});

describe('ids', () => {
  it('are each once, CVE ids in capitals, and those in words are found', () => {
    expect(distinctIds([' cve-2024-1111', 'CVE-2024-1111', 'GHSA-a', 'see CVE-2024-1112 there', null, 7])).toEqual([
      'CVE-2024-1111',
      'GHSA-a',
      'CVE-2024-1112',
      '7',
    ]);
  });

  it('make an entry that cannot be used where there are none', () => {
    expect(toFinding({ ids: [null], position: '/0' }, 'a secret')).toEqual({
      kind: 'no-id',
      position: '/0',
      what: 'a secret',
    });
  });
});

describe('toFixedStatement', () => {
  it('says that a finding was mended, of those states only', () => {
    expect(toFixedStatement('Fixed', 'tool')).toMatchObject({ status: 'fixed', author: 'tool' });
    expect([
      toFixedStatement('Active', 'tool'),
      toFixedStatement(null, 'tool'),
      toFixedStatement('not fixed', 't'),
    ]).toEqual([null, null, null]);
  });
});
