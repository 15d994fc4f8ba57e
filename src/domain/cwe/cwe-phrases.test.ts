import { expect, it } from 'vitest';
import type { CweId } from './cwe-id.ts';
import { findCwePhrase, findMostTellingCwe, isBroadCwe } from './cwe-phrases.ts';

const ids = (...list: string[]) => list as CweId[];

it('knows frequent weaknesses and no others', () => {
  expect(findCwePhrase('CWE-502' as CweId)).toBe('deserialization of untrusted data');
  expect(findCwePhrase('CWE-99999' as CweId)).toBeNull();
});

it('ranks specific before unlisted before broad', () => {
  expect(findMostTellingCwe(ids('CWE-20', 'CWE-99999', 'CWE-79'))).toBe('CWE-79');
  expect(findMostTellingCwe(ids('CWE-20', 'CWE-99999'))).toBe('CWE-99999');
  expect(findMostTellingCwe(ids('CWE-20', 'CWE-119'))).toBe('CWE-119');
  expect(findMostTellingCwe([])).toBeNull();
  expect(isBroadCwe('CWE-20' as CweId)).toBe(true);
  expect(isBroadCwe('CWE-79' as CweId)).toBe(false);
});
