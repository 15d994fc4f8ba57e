import { describe, expect, it } from 'vitest';
import type { Configuration, ConfigurationNode, ProductCriteria } from './configuration.ts';
import { decodeConfigurations, encodeConfigurations } from './configuration-text.ts';
import { parseCpe } from './cpe-name.ts';
import { evaluateConfigurations } from './evaluate-configuration.ts';
import { type InstalledProduct, toInstalledProduct } from './installed-product.ts';

/** Versions are read where they are asked for. */
const toPlain = (configuration: Configuration): Configuration => ({
  ...configuration,
  nodes: configuration.nodes.map((node) => ({
    ...node,
    criteria: node.criteria.map(({ product, isVulnerable, versions }) => ({ product, isVulnerable, versions })),
  })),
});

type Bounds = Partial<Record<'startIncluding' | 'startExcluding' | 'endIncluding' | 'endExcluding', string>>;

/** A criterion from "a:vendor:product:version:…" and its bounds. */
function criteria(name: string, bounds: Bounds = {}, isVulnerable = true): ProductCriteria {
  const [part, vendor, product, ...rest] = name.split(':');
  const none = { startIncluding: null, startExcluding: null, endIncluding: null, endExcluding: null };
  return { product: `${part}:${vendor}:${product}`, isVulnerable, versions: [{ rest, ...none, ...bounds }] };
}

function node(list: readonly ProductCriteria[], flags: Partial<ConfigurationNode> = {}): ConfigurationNode {
  return { isAnd: false, isNegated: false, hasUnreadable: false, criteria: list, ...flags };
}

function any(...list: ProductCriteria[]): Configuration[] {
  return [{ isAnd: false, isNegated: false, nodes: [node(list)] }];
}

function all(...nodes: ConfigurationNode[]): Configuration[] {
  return [{ isAnd: true, isNegated: false, nodes }];
}

function installed(name: string, version: string | null = null): InstalledProduct {
  const parsed = parseCpe(`cpe:2.3:${name}`);
  const product = parsed.ok ? toInstalledProduct(parsed.value, version) : null;
  if (product === null) throw new Error(name);
  return product;
}

function judge(configurations: readonly Configuration[], component: InstalledProduct, ...others: InstalledProduct[]) {
  const beside = [component, ...others];
  // What is kept says the same.
  expect(decodeConfigurations(encodeConfigurations(configurations)).map(toPlain)).toEqual(configurations);
  const verdict = evaluateConfigurations(configurations, component, {
    find: (product) => beside.filter((one) => one.product === product),
    operatingSystems: beside.filter((one) => one.name.part === 'o'),
  });
  return verdict.kind === 'no'
    ? 'no'
    : `${verdict.kind}${verdict.fixedVersion === null ? '' : ` ${verdict.fixedVersion}`}`;
}

describe('versions of which nobody knows the scheme', () => {
  it.each<[string, Bounds, string]>([
    ['1_4_2', { startIncluding: '1.2.0', endExcluding: '1.4.3' }, 'undecided'],
    ['1.2.3a', { startIncluding: '1.2.3', endExcluding: '1.2.5' }, 'undecided'],
    // The end says that letters are patches.
    ['1.0.2a', { startIncluding: '1.0.2', endExcluding: '1.0.2k' }, 'yes 1.0.2k'],
    ['1.0.2a', { startIncluding: '1.0.2', endExcluding: '1.0.2b' }, 'yes 1.0.2b'],
    ['1.0.2a', { startIncluding: '1.0.1', endExcluding: '1.0.2' }, 'undecided'],
    ['1.0.2c', { startIncluding: '1.0.2', endExcluding: '1.0.2b' }, 'no'],
  ])('%s in %j is %s', (version, bounds, verdict) => {
    expect(judge(any(criteria('a:sun:jre', bounds)), installed(`a:sun:jre:${version}`))).toBe(verdict);
  });

  it('1_4_2 may be 1.4.2', () => {
    expect(judge(any(criteria('a:sun:jre:1.4.2')), installed('a:sun:jre:1_4_2'))).toBe('undecided');
    expect(judge(any(criteria('a:sun:jre:1.4.2')), installed('a:sun:jre:1_4_3'))).toBe('no');
  });
});

describe('versions that NVD names', () => {
  const log4j = any(
    criteria('a:apache:log4j', { startIncluding: '2.0.1', endExcluding: '2.3.1' }),
    criteria('a:apache:log4j', { startIncluding: '2.13.0', endExcluding: '2.15.0' }),
    criteria('a:apache:log4j:2.0:-'),
    criteria('a:apache:log4j:2.0:beta9'),
    criteria('a:apache:log4j:2.0:rc1'),
  );
  it.each([
    ['a:apache:log4j:2.14.1', 'yes 2.15.0'],
    ['a:apache:log4j:2.15.0', 'no'],
    ['a:apache:log4j:2.15.0:rc1', 'yes 2.15.0'],
    ['a:apache:log4j:2.0.1', 'yes 2.3.1'],
    ['a:apache:log4j:2.0', 'undecided'],
    ['a:apache:log4j:2.0:-', 'yes'],
    ['a:apache:log4j:2.0:beta9', 'yes'],
    ['a:apache:log4j:2.0-beta9', 'yes'],
    ['a:apache:log4j:2.0:beta8', 'no'],
    ['a:apache:log4j:1.2.17', 'no'],
    ['a:apache:log4j:*', 'undecided'],
    ['a:apache:log4j:-', 'undecided'],
    ['a:apache:log4j:2.14.1-redhat-1', 'yes 2.15.0'],
    ['a:apache:log4j:2.13.0-redhat-1', 'undecided'],
    ['a:apache:log4j2:2.14.1', 'no'],
    ['o:apache:log4j:2.14.1', 'no'],
  ])('%s is %s', (name, expected) => expect(judge(log4j, installed(name))).toBe(expected));

  it('are compared to the version of the package where the name has none', () => {
    expect(judge(log4j, installed('a:apache:log4j:*', '2.14.1'))).toBe('yes 2.15.0');
    expect(judge(log4j, installed('a:apache:log4j:*', '2.17.1'))).toBe('no');
    expect(judge(log4j, installed('a:apache:log4j:2.0', '2.0'))).toBe('yes');
  });

  it.each([
    [{ endExcluding: '1.0.1g' }, '1.0.1f', 'yes 1.0.1g'],
    [{ endExcluding: '1.0.1g' }, '1.0.1g', 'no'],
    [{ endIncluding: '0.9.8zh' }, '0.9.8zh', 'yes'],
    [{ endIncluding: '0.9.8zh' }, '0.9.8zi', 'no'],
    [{ startIncluding: '3.0' }, '4.0', 'yes'],
    [{ startIncluding: '3.0' }, '2.9', 'no'],
    [{ startExcluding: '3.0' }, '3.0', 'no'],
    [{ startExcluding: '3.0' }, '3.0.1', 'yes'],
    [{ startExcluding: '3.0', endIncluding: 'r77' }, '3.0.1', 'undecided'],
    [{ startExcluding: '3.0', endIncluding: 'r77' }, '2.0', 'no'],
    [{ endExcluding: '?' }, '2.0', 'undecided'],
  ] as const)('%j and %s: %s', (bounds, version, expected) => {
    expect(judge(any(criteria('a:v:p', bounds)), installed(`a:v:p:${version}`))).toBe(expected);
  });

  it('may be all, or none that it says', () => {
    expect(judge(any(criteria('a:v:p')), installed('a:v:p:1'))).toBe('yes');
    expect(judge(any(criteria('a:v:p')), installed('a:v:p:*'))).toBe('yes');
    expect(judge(any(criteria('a:v:p:-')), installed('a:v:p:1'))).toBe('undecided');
    expect(judge(any(criteria('a:v:p:-')), installed('a:v:p:-'))).toBe('yes');
    expect(judge(any(criteria('a:v:p:15.2\\(4\\)m3')), installed('a:v:p:15.2(4)M3'))).toBe('yes');
    expect(judge(any(criteria('a:v:p:15.2\\(4\\)m3')), installed('a:v:p:15.2(4)M4'))).toBe('no');
  });

  it('are for an edition, a target: another one is none, one that is left open is not decided', () => {
    const lts = any(criteria('a:jenkins:jenkins:*:*:*:*:lts', { endExcluding: '2.32.2' }));
    expect(judge(lts, installed('a:jenkins:jenkins:2.30:*:*:*:lts'))).toBe('yes 2.32.2');
    expect(judge(lts, installed('a:jenkins:jenkins:2.30:*:*:*:-'))).toBe('no');
    expect(judge(lts, installed('a:jenkins:jenkins:2.30'))).toBe('undecided 2.32.2');
    expect(judge(lts, installed('a:jenkins:jenkins:2.40'))).toBe('no');
  });
});

describe('what has to be there, too', () => {
  const windows = all(
    node([criteria('a:v:p', { endExcluding: '2' })]),
    node([criteria('o:microsoft:windows:-', {}, false)]),
  );
  const p = installed('a:v:p:1');
  it.each([
    ['nothing', [], 'undecided 2'],
    ['it', ['o:microsoft:windows:-'], 'yes 2'],
    ['it in a version', ['o:microsoft:windows:10'], 'yes 2'],
    ['one of its family', ['o:microsoft:windows_10:1607'], 'yes 2'],
    ['another system', ['o:debian:debian_linux:12'], 'no'],
    ['firmware of something', ['o:tp-link:archer_firmware:1'], 'undecided 2'],
    ['an application', ['a:x:y:1'], 'undecided 2'],
  ])('with %s beside it', (_, others, expected) => {
    expect(judge(windows, p, ...others.map((name) => installed(name)))).toBe(expected);
  });

  it('a distribution runs the kernel, and is no other distribution', () => {
    const on = (system: string) => all(node([criteria('a:v:p')]), node([criteria(system, {}, false)]));
    const debian = installed('o:debian:debian_linux:12');
    expect(judge(on('o:linux:linux_kernel:-'), p, debian)).toBe('yes');
    expect(judge(on('o:linux:linux_kernel:5.4'), p, debian)).toBe('undecided');
    expect(judge(on('o:redhat:enterprise_linux:8.0'), p, debian)).toBe('no');
    expect(judge(on('o:debian:debian_linux:11'), p, debian)).toBe('no');
    expect(judge(on('o:debian:debian_linux:12'), p, installed('o:linux:linux_kernel:6.1'))).toBe('undecided');
  });

  it('firmware is on its own device', () => {
    const router = all(
      node([criteria('o:tp-link:archer_firmware', { endExcluding: '2' })]),
      node([criteria('h:tp-link:archer:-', {}, false)]),
    );
    expect(judge(router, installed('o:tp-link:archer_firmware:1'))).toBe('yes 2');
    const revision = all(node([criteria('o:d:r_firmware')]), node([criteria('h:d:r:e1', {}, false)]));
    expect(judge(revision, installed('o:d:r_firmware:1'))).toBe('undecided');
    expect(judge(revision, installed('o:d:r_firmware:1'), installed('h:d:r:e1'))).toBe('yes');
    expect(judge(revision, installed('o:d:r_firmware:1'), installed('h:d:r:e2'))).toBe('no');
    // A platform is not vulnerable itself.
    expect(judge(revision, installed('h:d:r:e1'), installed('o:d:r_firmware:1'))).toBe('no');
  });

  it('in a node of AND all its criteria are', () => {
    const both = [
      { isAnd: false, isNegated: false, nodes: [node([criteria('a:v:p'), criteria('a:v:q:2')], { isAnd: true })] },
    ];
    expect(judge(both, p, installed('a:v:q:2'))).toBe('yes');
    expect(judge(both, p, installed('a:v:q:3'))).toBe('no');
    expect(judge(both, p)).toBe('undecided');
  });

  it('"anything but" is met by what is not there, and calls nothing vulnerable', () => {
    const but = all(node([criteria('a:v:p')]), node([criteria('o:microsoft:windows', {}, false)], { isNegated: true }));
    expect(judge(but, p, installed('o:debian:debian_linux:12'))).toBe('yes');
    expect(judge(but, p, installed('o:microsoft:windows:10'))).toBe('no');
    expect(judge(but, p)).toBe('undecided');
    expect(judge(all(node([criteria('a:v:p')], { isNegated: true })), p)).toBe('no');
    const some = any(criteria('a:v:p', { endExcluding: '2' })).map((one) => ({
      ...one,
      nodes: one.nodes.map((two) => ({ ...two, isNegated: true })),
    }));
    expect([judge(some, p), judge(some, installed('a:v:p:3')), judge(some, installed('a:v:q:3'))]).toEqual([
      'no',
      'undecided',
      'no',
    ]);
    expect(judge([{ isAnd: false, isNegated: true, nodes: [node([criteria('a:v:p')])] }], p)).toBe('no');
  });

  it('may be named by nothing that can be read', () => {
    const broken = all(node([criteria('a:v:p')]), node([], { hasUnreadable: true }));
    expect(judge(broken, p)).toBe('undecided');
  });
});
