import { describe, expect, it } from 'vitest';
import type { CweId } from '../cwe/cwe-id.ts';
import { composeTitle } from './compose-title.ts';

const NAMES: Readonly<Record<string, string>> = {
  'CWE-161': 'Improper Neutralization of Multiple NUL Characters in A Name',
  'CWE-97': "Improper Neutralization of Server-Side Includes (SSI) Within a Web Page ('Included Thing')",
  'CWE-24': "Path Traversal: '../filedir'",
};

function title(
  vendor: string | null,
  product: string | null,
  cwes: readonly string[],
  weakness?: string,
): string | null {
  return composeTitle({
    vendor,
    product,
    cwes: cwes as readonly CweId[],
    cweName: (id) => NAMES[id] ?? null,
    weakness: weakness ?? null,
  });
}

describe('composeTitle', () => {
  it('joins vendor, product and the everyday name of the weakness', () => {
    expect(title('Apache', 'Log4j2', ['CWE-502'])).toBe('Apache Log4j2: deserialization of untrusted data');
  });

  it.each([
    ['Apache Software Foundation', 'Apache Log4j2', 'Apache Log4j2: vulnerability'],
    ['OpenSSL', 'OpenSSL', 'OpenSSL: vulnerability'],
    ['Progress Software Corporation', 'MOVEit Transfer', 'Progress Software MOVEit Transfer: vulnerability'],
    ['Go', 'Google Chrome', 'Go Google Chrome: vulnerability'],
    ['libdwarf_project', 'libdwarf', 'Libdwarf: vulnerability'],
    ['smoothiecharts', 'Smoothie Charts', 'Smoothie Charts: vulnerability'],
    ['Microsoft', 'Windows 10 Version 1809', 'Microsoft Windows 10: vulnerability'],
    ['Linux', 'Kernel', 'Linux Kernel: vulnerability'],
  ])('does not repeat the vendor: %s, %s', (vendor, product, expected) => {
    expect(title(vendor, product, [])).toBe(expected);
  });

  it.each([
    ['linux', 'linux_kernel', 'Linux Kernel: vulnerability'],
    ['tukaani', 'xz', 'Tukaani Xz: vulnerability'],
    ['vendor', 'a\\+b\\/c', 'Vendor A+b/c: vulnerability'],
    ['n/a', 'curl', 'Curl: vulnerability'],
    ['[UNKNOWN]', 'curl', 'Curl: vulnerability'],
    ['*', '-', null],
  ])('reads CPE names: %s, %s', (vendor, product, expected) => {
    expect(title(vendor, product, [])).toBe(expected);
  });

  it('takes the most telling of several weaknesses', () => {
    expect(title('Apache', 'Log4j2', ['CWE-20', 'CWE-400', 'CWE-502'])).toContain('deserialization');
  });

  it('prefers words from elsewhere to a broad weakness, not to a specific one', () => {
    expect(title('Microsoft', 'Windows', ['CWE-264'], 'privilege escalation')).toBe(
      'Microsoft Windows: privilege escalation',
    );
    expect(title('Microsoft', 'Windows', ['CWE-416'], 'privilege escalation')).toBe(
      'Microsoft Windows: use after free',
    );
    expect(title('Microsoft', 'Windows', ['CWE-264'])).toBe('Microsoft Windows: weak permissions or access control');
  });

  it("falls back to MITRE's name in lower case", () => {
    expect(title('A', 'B', ['CWE-161'])).toBe('A B: improper neutralization of multiple NUL characters in a name');
    expect(title('A', 'B', ['CWE-97'])).toBe('A B: included thing');
    expect(title('A', 'B', ['CWE-24'])).toBe('A B: path traversal');
    expect(title('A', 'B', ['CWE-99999'])).toBe('A B: vulnerability');
  });

  it('names the weakness alone where no product is known, and nothing where nothing is', () => {
    expect(title(null, null, ['CWE-79'])).toBe('Cross-site scripting');
    expect(title(null, null, [])).toBeNull();
  });
});
