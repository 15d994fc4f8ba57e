import { describe, expect, it } from 'vitest';
import { readItemsOf } from '../../../test/support/read-items.ts';

const toText = (value: unknown) => JSON.stringify(value);
const sarifRun = (tool: string, count: number) => ({
  tool: { driver: { name: tool, rules: [{ id: 'CVE-2021-44228', name: `rule of ${tool}` }] } },
  results: Array.from({ length: count }, (_, index) => ({ ruleId: `CVE-2024-${10_000 + index}` })),
});
const match = (id: string) => ({ vulnerability: { id }, artifact: { name: 'a', version: '1' } });

const DOCUMENTS: readonly [name: string, document: unknown][] = [
  ['SARIF of several runs', { version: '2.1.0', runs: [sarifRun('a', 2500), sarifRun('b', 0), sarifRun('c', 3)] }],
  [
    'Grype, its name after the list',
    { matches: ['CVE-2024-1111', '', 'CVE-2024-1112'].map(match), descriptor: { name: 'grype' } },
  ],
  [
    'Trivy with what is beside its vulnerabilities',
    {
      SchemaVersion: 2,
      ArtifactName: 'image',
      ArtifactType: 'container_image',
      Results: [
        { Target: 'a', Vulnerabilities: [{ VulnerabilityID: 'CVE-2024-1111' }, { VulnerabilityID: 'CVE-2024-1112' }] },
        { Target: 'b', Misconfigurations: [{ ID: 'DS002', Title: 'root' }] },
        { Target: 'c', Vulnerabilities: [{ VulnerabilityID: 'CVE-2024-1113' }], Secrets: [{ Title: 'key' }] },
      ],
    },
  ],
  [
    'Trivy of a cluster, whose lists are elsewhere',
    {
      ClusterName: 'c',
      Resources: [{ Results: [{ Target: 'a', Vulnerabilities: [{ VulnerabilityID: 'CVE-2024-1111' }] }] }],
    },
  ],
  ['an array of results', [1, 2, 3].map((n) => ({ 'template-id': `CVE-2024-111${n}`, info: {} }))],
  [
    'a list under the name of another format',
    { findings: [1, 2, 3].map((n) => ({ SchemaVersion: '2018-10-08', ProductArn: 'arn', Title: `t${n}` })) },
  ],
];

describe('a large JSON document, read in parts', () => {
  it.each(DOCUMENTS)('gives the same items as read whole: %s', async (_, document) => {
    const whole = await readItemsOf(toText(document));
    const parts = await readItemsOf(toText(document), 10);
    expect(whole.items.length).toBeGreaterThan(0);
    expect(parts.format).toBe(whole.format);
    expect(parts.items.map(toText).sort()).toEqual(whole.items.map(toText).sort());
  });

  it('refuses a format that is read only whole', async () => {
    const document = [{ synthetic_id: 'a', exploitation_likelihood: 'likely' }];
    await expect(readItemsOf(toText(document), 10)).rejects.toThrow(
      /^report is Threagile of more than 64 MB.*split it$/,
    );
  });
});

describe('JSON that cannot be used', () => {
  const deep = (left: string, right: string) => left.repeat(100_000) + right.repeat(100_000);
  it.each([
    ['truncated', '{"runs": [', 10_000],
    ['truncated, in parts', '{"version":"2.1.0","runs": [{"results":[{"ruleId":"CVE-2024-1111"},', 10],
    ['arrays in arrays', deep('[', ']'), 1e9],
    ['arrays in arrays, in parts', deep('[', ']'), 10],
    ['objects in objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 1e9],
    ['of no known format', '{"a": 1}', 1e9],
    ['empty', '[]', 1e9],
    ['lines of no known format', '{"a": 1}\n{"a": 2}\n', 1e9],
  ])('is refused with one line: %s', async (_, text, limit) => {
    await expect(readItemsOf(text, limit)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^report [^\n]{20,2000}$/),
    });
  });

  it('keeps what JSON lines tell before one that is cut, and says where they end', async () => {
    const line = toText({ 'template-id': 'CVE-2024-1111', info: {} });
    const { items } = await readItemsOf(`${line}\n${line}\n${line.slice(0, 20)}`);
    expect(items).toMatchObject([
      { kind: 'finding' },
      { kind: 'finding' },
      { kind: 'unreadable', position: 'object 3', what: expect.stringMatching(/nothing from there on is read/) },
    ]);
    await expect(readItemsOf(line.slice(0, 20))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it.each([
    ['CycloneDX', { bomFormat: 'CycloneDX', specVersion: '1.5' }, 'vulnerabilities', [{ id: 'CVE-2024-1111' }]],
    ['SARIF', { version: '2.1.0' }, 'runs', [{ results: [{ ruleId: 'CVE-2024-1111' }, { ruleId: 'CVE-2024-1111' }] }]],
    [
      'Trivy',
      { SchemaVersion: 2, ArtifactName: 'a' },
      'Results',
      [{ Target: 't', Class: 'os-pkgs', Vulnerabilities: [{ VulnerabilityID: 'CVE-2024-1111' }] }],
    ],
  ])('says of %s, whole and in parts, that a list stands twice', async (_, head, key, list) => {
    const [start, of] = [toText(head).slice(0, -1), toText(list)];
    const text = `${start},"${key}":[],"${key}":${of}}`;
    const said = {
      kind: 'unreadable',
      what: `the key "${key}" stands twice in one object, and only the last value is read`,
    };
    for (const limit of [1e9, 10])
      expect((await readItemsOf(text, limit)).items).toContainEqual(expect.objectContaining(said));
    const padded = text.replace('{', `{"padding":"${'x'.repeat(9 * 2 ** 20)}",`);
    expect((await readItemsOf(padded)).items).toContainEqual(expect.objectContaining(said));
  });

  it('takes the last of two fields with the same name and says so, and no prototype', async () => {
    const { items } = await readItemsOf(
      '{"version":"1","version":"2.1.0","__proto__":{"a":1},"runs":[{"results":[{"ruleId":"CVE-2024-1111"}]}]}',
    );
    expect(items).toMatchObject([
      { kind: 'finding', ids: ['CVE-2024-1111'] },
      { kind: 'unreadable', position: 'character 16', what: expect.stringContaining('the key "version" stands twice') },
    ]);
  });
});
