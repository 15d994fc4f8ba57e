import { expect, it } from 'vitest';
import { toSighting } from '../domain/finding/sighting.ts';
import { theOnlySubject, withSubject } from './report-subject.ts';

it.each([
  [['shop'], 'shop'],
  [['shop', 'billing'], null],
  [[], null],
  [['.'], null],
  [['../..'], null],
  [['./shop'], './shop'],
])('of %j a report is about %s', (names, subject) => {
  expect(theOnlySubject(new Set(names))).toBe(subject);
});

it('says of a finding on a host that it is about the host, and nothing where nothing is known', () => {
  const evidence = [{ file: 'scan.xml', position: null, tool: 'Nessus', severity: null }];
  const sighting = toSighting({ vulnerabilityId: 'CVE-2024-1000', evidence });
  const on = (host: { hostname: string | null; ip: string | null } | null, subject: string | null) =>
    withSubject({ ...sighting, host }, subject).evidence[0]?.subject;
  expect(on({ hostname: 'web-1', ip: '192.0.2.1' }, 'policy')).toBe('web-1');
  expect(on({ hostname: null, ip: '192.0.2.1' }, 'policy')).toBe('192.0.2.1');
  expect(on(null, 'shop')).toBe('shop');
  expect(withSubject(sighting, null).evidence).toEqual(evidence);
});
