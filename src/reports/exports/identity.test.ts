import { describe, expect, it } from 'vitest';
import { validCpe, validPurl } from './identifiers.ts';
import { toFileUri, toMoment, toUri, uuidOf } from './identity.ts';

describe('ids', () => {
  it('are UUIDs of version 5, the same for the same', () => {
    expect(uuidOf('a', 'b')).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(uuidOf('a', 'b')).toBe(uuidOf('a', 'b'));
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'));
  });

  it.each([
    ['2024-05-01', '2024-05-01T00:00:00.000Z'],
    ['2024-05-01T02:00:00+02:00', '2024-05-01T00:00:00.000Z'],
    ['2024-13-45', null],
    ['yesterday', null],
    ['12', null],
    [null, null],
  ])('the moment %j is %j', (text, moment) => expect(toMoment(text)).toBe(moment));

  it.each([
    ['app/pom.xml', 'app/pom.xml'],
    ['/srv/a b.json', 'file:///srv/a%20b.json'],
    ['C:\\x\\y.json', 'file:///C:/x/y.json'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['//evil.example/x', 'file:///evil.example/x'],
    ['\ud800', '%EF%BF%BD'],
    ['100%.txt', '100%25.txt'],
  ])('the file %j is %j', (path, uri) => expect(toFileUri(path)).toBe(uri));

  it.each([
    ['cpe:2.3:a:x:y\\!:1:*:*:*:*:*:*:*', 'cpe:2.3:a:x:y%5C!:1:*:*:*:*:*:*:*'],
    ['a:b c#d#e', 'a:b%20c#d%23e'],
    ['a:%41%4', 'a:%41%254'],
  ])('the URI of %j is %j', (text, uri) => expect(toUri(text)).toBe(uri));

  it.each([
    ['cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*', true],
    ['cpe:2.3:a:apache:log4j:2.14.1:-:*:*:*:node\\.js:*:*', false],
    ['cpe:2.3:a:a\\+b:c:1:*:*:en-us:*:*:*:*', true],
    ['cpe:/a:apache:log4j:2.14.1', true],
    ['cpe:2.3:a:apache:log4j', false],
    ['cpe:2.3:a:a b:c:1:*:*:*:*:*:*:*', false],
  ])('the CPE %j is valid: %j', (cpe, isValid) => expect(validCpe(cpe)).toBe(isValid ? cpe : null));

  it.each([
    ['pkg:npm/left-pad@1.0.0', 'pkg:npm/left-pad@1.0.0'],
    ['pkg:npm/@a/b@1', 'pkg:npm/%40a/b@1'],
    ['pkg:', null],
    ['left-pad', null],
    ['pkg:npm/\u202ex', 'pkg:npm/%E2%80%AEx'],
  ])('the package URL %j is %j', (purl, valid) => expect(validPurl(purl)).toBe(valid));
});
