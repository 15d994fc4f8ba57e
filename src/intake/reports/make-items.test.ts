import { describe, expect, it } from 'vitest';
import { distinctIds, toFinding, toFixedStatement, toHost } from './make-items.ts';

describe('toHost', () => {
  it.each([
    [['web-1', '10.0.0.1'], { hostname: 'web-1', ip: '10.0.0.1' }],
    [['10.0.0.1', 'web-1'], { hostname: 'web-1', ip: '10.0.0.1' }],
    [['https://user:pass@web.example:8443/a?b'], { hostname: 'web.example', ip: null }],
    [['db/prod'], { hostname: 'db/prod', ip: null }],
    [['svc:8080'], { hostname: 'svc:8080', ip: null }],
    [['web.example:8443'], { hostname: 'web.example', ip: null }],
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
    ]);
  });

  it.each(['../../x', '__proto__', 'CVE-2024-1111?x=1', 'CVE-21-1', '5', 'a//b', 'GHSA-x/../y', '<b>', 'x y'])(
    '%s is none',
    (text) => {
      expect(distinctIds([text])).toEqual([]);
    },
  );

  it.each(['SNYK-JS-LODASH-450202', 'RHSA-2021:5132', 'VU#123456', 'npm:lodash:20180130', 'TEMP-0000000-B2A3F1'])(
    '%s is one',
    (text) => {
      expect(distinctIds([text])).toEqual([text]);
    },
  );

  it('that begin like a CVE id and are none are told', () => {
    expect(toFinding({ ids: ['CVE-2024-1?x'], position: '/0' })).toEqual({
      kind: 'unreadable',
      position: '/0',
      what: '"CVE-2024-1?x" is no CVE id',
    });
  });

  it('that are broken are told beside those that are not', () => {
    const ids = ['CVE-2024-1111', 'CVE-2021-044228', 'GHSA-a', 'CVE-21-1', 'CVE-2024-1112 and CVE-1'];
    expect(toFinding({ ids, position: '/0' })).toMatchObject({
      ids: ['CVE-2024-1111', 'GHSA-a', 'CVE-2024-1112'],
      broken: ['CVE-2021-044228', 'CVE-21-1'],
    });
    expect(toFinding({ ids: ['CVE-2024-1111'], position: '/0' })).not.toHaveProperty('broken');
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
