import { describe, expect, it } from 'vitest';
import { packageKey } from './package-key.ts';

const DEB = 'pkg:deb/debian/libssl1.1@1.1.1n-0%2Bdeb11u3';

describe('what tells one package URL from another', () => {
  it.each([
    [
      `${DEB}?arch=amd64&distro=debian-11.5`,
      'pkg:deb/debian/libssl1.1@1.1.1n-0+deb11u3?arch=amd64&upstream=openssl&distro=debian-11',
    ],
    ['pkg:maven/org.example/core@1.2?type=jar', 'pkg:maven/org.example/core@1.2'],
    [
      'pkg:apk/alpine/busybox@1.35?arch=x86_64&distro=3.16.0',
      'pkg:apk/alpine/busybox@1.35?arch=x86_64&distro=alpine-3.16.0',
    ],
    ['pkg:deb/debian/vim@2%3A8.2', 'pkg:deb/debian/vim@2:8.2'],
    ['pkg:npm/left@1.0.0?package-id=0a1b', 'pkg:npm/left@1.0.0'],
    ['pkg:rpm/redhat/x@1?arch=x86_64&epoch=1', 'pkg:rpm/redhat/x@1?epoch=1&arch=x86_64'],
    ['pkg:rpm/redhat/x@1?Arch=x86_64', 'pkg:rpm/redhat/x@1?arch=x86_64'],
    ['pkg:npm/@scope/name@1.0.0', 'pkg:npm/%40scope/name@1.0.0'],
    ['pkg:npm/@scope/name', 'pkg:npm/%40scope/name'],
    ['pkg:npm/%40scope%2Fname@1.0.0', 'pkg:npm/%40scope/name@1.0.0'],
    ['pkg:PyPI/Typing_Extensions@4.0', 'pkg:pypi/typing-extensions@4.0'],
    ['pkg:github/Actions/Checkout@v4', 'pkg:github/actions/checkout@v4'],
    ['pkg:bitbucket/Birkenfeld/Pygments@1', 'pkg:bitbucket/birkenfeld/pygments@1'],
  ])('is the same for %s and %s', (one, other) => {
    expect(packageKey(one)).toBe(packageKey(other));
  });

  it.each([
    ['a name in another case', 'pkg:maven/org.example/Core@1', 'pkg:maven/org.example/core@1'],
    ['a version in another case', 'pkg:github/a/b@V1', 'pkg:github/a/b@v1'],
    ['another sign in a name', 'pkg:npm/a_b@1', 'pkg:npm/a-b@1'],
    ['another version', 'pkg:npm/left@1.0.0', 'pkg:npm/left@1.0.1'],
    ['another architecture', 'pkg:deb/debian/vim@1?arch=amd64', 'pkg:deb/debian/vim@1?arch=i386'],
    ['another artifact', 'pkg:maven/org.example/core@1?classifier=sources', 'pkg:maven/org.example/core@1'],
    ['another registry', 'pkg:npm/left@1?repository_url=https://a', 'pkg:npm/left@1?repository_url=https://b'],
    ['another epoch', 'pkg:rpm/redhat/x@1?epoch=1', 'pkg:rpm/redhat/x@1?epoch=2'],
    ['another part', 'pkg:golang/example.com/a@1#b', 'pkg:golang/example.com/a@1#c'],
  ])('is not for %s', (_, one, other) => {
    expect(packageKey(one)).not.toBe(packageKey(other));
  });

  it.each([
    'pkg:npm/%40scope/name@1.0.0',
    'pkg:golang/example.com/a@v1.0.0#b',
    DEB,
    'pkg:maven/org.example/core@1?classifier=x',
  ])('is the package URL itself where it says no more: %s', (purl) => {
    expect(packageKey(purl)).toBe(purl);
  });
});
