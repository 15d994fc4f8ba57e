import { describe, expect, it } from 'vitest';
import { startSourceServer } from '../../../test/support/source-server.ts';
import { createTestHttp } from '../../../test/support/source-server-client.ts';
import { describeWithTestData, readTestJson } from '../../../test/support/test-data.ts';
import { createAttackSource } from './create-attack-source.ts';
import { parseAttackBundle } from './parse-attack-bundle.ts';

let serial = 0;
function object(type: string, fields: Record<string, unknown> = {}, externalId?: string) {
  serial += 1;
  const references =
    externalId === undefined
      ? {}
      : { external_references: [{ source_name: 'Report' }, { source_name: 'mitre-attack', external_id: externalId }] };
  return {
    type,
    id: `${type}--${serial}`,
    modified: '2025-04-25T14:41:40.982Z',
    name: `${type} ${serial}`,
    ...references,
    ...fields,
  };
}
const phase = (...names: string[]) => ({
  kill_chain_phases: names.map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name })),
});
const tactic = (id: string, shortName: string) => object('x-mitre-tactic', { x_mitre_shortname: shortName }, id);
const bundle = (...objects: readonly unknown[]) => ({ type: 'bundle', id: 'bundle--1', objects });
const uses = (source_ref: string, target_ref: string, fields: Record<string, unknown> = {}) =>
  object('relationship', { relationship_type: 'uses', source_ref, target_ref, ...fields });

function parse(...objects: readonly unknown[]) {
  const parsed = parseAttackBundle(bundle(...objects));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const exploit = object(
  'attack-pattern',
  { name: 'Exploit Public-Facing Application', ...phase('initial-access') },
  'T1190',
);

describe('parseAttackBundle', () => {
  it('keeps active techniques only, and no mitigation that looks like one', () => {
    const catalogue = parse(
      exploit,
      object('attack-pattern', phase('execution'), 'T1059.001'),
      object('attack-pattern', { revoked: true }, 'T1001'),
      object('attack-pattern', { x_mitre_deprecated: true }, 'T1002'),
      object('attack-pattern', {}, 'CAPEC-1'),
      object('attack-pattern'),
      object('course-of-action', {}, 'T1003'),
      null,
      7,
      { type: 'attack-pattern' },
    );
    expect(catalogue.techniques.map((technique) => technique.techniqueId)).toEqual(['T1059.001', 'T1190']);
  });

  it('orders tactics as the matrix does', () => {
    const [impact, access, execution, stray] = [
      tactic('TA0040', 'impact'),
      tactic('TA0001', 'initial-access'),
      tactic('TA0002', 'execution'),
      tactic('TA0099', 'stray'),
    ];
    const matrix = object('x-mitre-matrix', { tactic_refs: [access.id, execution.id, impact.id] });
    const technique = object('attack-pattern', phase('impact', 'unheard-of', 'initial-access'), 'T1485');
    const foreign = { kill_chain_phases: [{ kill_chain_name: 'mitre-mobile-attack', phase_name: 'impact' }] };
    const catalogue = parse(
      stray,
      impact,
      execution,
      access,
      matrix,
      technique,
      object('attack-pattern', foreign, 'T1400'),
    );
    expect(catalogue.tactics.map(({ tacticId, shortName }) => [tacticId, shortName])).toEqual([
      ['TA0001', 'initial-access'],
      ['TA0002', 'execution'],
      ['TA0040', 'impact'],
      ['TA0099', 'stray'],
    ]);
    expect(catalogue.techniques.map((known) => known.tactics)).toEqual([
      [],
      ['initial-access', 'impact', 'unheard-of'],
    ]);
  });

  it('finds the groups that use a technique', () => {
    const [apt, retired] = [
      object('intrusion-set', { name: 'APT28' }, 'G0007'),
      object('intrusion-set', { revoked: true }, 'G0008'),
    ];
    const malware = object('malware', {}, 'S0001');
    const catalogue = parse(
      exploit,
      apt,
      retired,
      malware,
      uses(apt.id, exploit.id),
      uses(apt.id, exploit.id, { description: 'twice' }),
      uses(retired.id, exploit.id),
      uses(malware.id, exploit.id),
      uses(apt.id, malware.id),
      { ...uses(apt.id, 'attack-pattern--gone'), x_mitre_deprecated: true },
      { ...uses(apt.id, exploit.id), relationship_type: 'mitigates' },
    );
    expect(catalogue.groups).toEqual([{ groupId: 'G0007', name: 'APT28' }]);
    expect(catalogue.techniques[0]?.groups).toEqual(['G0007']);
  });

  it('tells what ATT&CK says of a technique, without its markup, and nothing of what is no longer one', () => {
    const gone = object('attack-pattern', { revoked: true, description: 'Old.' }, 'T1001');
    const described = object(
      'attack-pattern',
      {
        name: 'LSASS',
        description: 'Reads `LSASS` (Citation: A (B) 2020), see [OS](https://x.org/y).\n\n<code>a</code>',
      },
      'T1003.001',
    );
    const [malware, group] = [object('malware', {}, 'S0001'), object('intrusion-set', { name: 'APT28' }, 'G0007')];
    const catalogue = parse(
      described,
      gone,
      malware,
      group,
      uses(malware.id, described.id, { description: '[X](https://x.org) dumps LSASS.(Citation: C)' }),
      uses(group.id, described.id),
      uses(malware.id, gone.id, { description: 'never' }),
      { ...uses(malware.id, described.id, { description: 'mitigates' }), relationship_type: 'mitigates' },
      { ...uses(malware.id, described.id, { description: 'withdrawn' }), revoked: true },
    );
    expect(catalogue.texts).toEqual([
      { techniqueId: 'T1003.001', kind: 'description', text: 'Reads `LSASS` , see OS. a' },
      { techniqueId: 'T1003.001', kind: 'procedure', text: 'X dumps LSASS.' },
    ]);
  });

  it('keeps the newest of several versions of an object', () => {
    const older = object('attack-pattern', { name: 'old', modified: '2020-01-01T00:00:00Z' }, 'T1190');
    expect(parse(exploit, older).techniques).toMatchObject([{ name: 'Exploit Public-Facing Application' }]);
    expect(parse(older, exploit).techniques).toHaveLength(1);
  });

  it('tells the release, where the bundle does (STIX 2.1)', () => {
    const collection = object('x-mitre-collection', {
      x_mitre_version: '18.0',
      spec_version: '2.1',
      modified: '2025-11-12T22:03:39.105Z',
    });
    expect(parse(exploit, collection)).toMatchObject({ version: '18.0', modified: '2025-11-12T22:03:39.105Z' });
    expect(parse(exploit)).toMatchObject({ version: null, modified: '2025-04-25T14:41:40.982Z' });
  });

  it.each([null, [], {}, { type: 'bundle' }, bundle(), bundle(object('malware', {}, 'S0001'))])(
    'refuses %j',
    (json) => {
      expect(parseAttackBundle(json).ok).toBe(false);
    },
  );
});

describe('the ATT&CK source', () => {
  it('fetches a bundle, and fails as a source', async () => {
    const server = await startSourceServer({ attack: bundle(exploit) });
    const http = createTestHttp();
    const fetchCatalogue = () =>
      createAttackSource({ http, url: server.env.ATTACK_STIX_URL }).fetchCatalogue({
        signal: new AbortController().signal,
      });
    expect((await fetchCatalogue()).techniques).toHaveLength(1);
    server.behave('attack', { kind: 'garbage', body: '{}' });
    await expect(fetchCatalogue()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: 'not a STIX bundle' });
    server.behave('attack', { kind: 'hang' });
    await expect(fetchCatalogue()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
    await server.close();
  });
});

describeWithTestData('real releases', () => {
  it.each(['full', 'core'])('%s bundle', (name) => {
    const parsed = parseAttackBundle(readTestJson(`attack/enterprise-attack.${name}.stix20.json.gz`));
    if (!parsed.ok) throw new Error(parsed.error);
    const { techniques, tactics, groups, texts } = parsed.value;
    expect(texts.filter(({ kind }) => kind === 'description')).toHaveLength(835 - 144);
    expect(texts.some(({ text }) => /\(Citation:|\]\(http/.test(text))).toBe(false);
    expect(techniques).toHaveLength(835 - 144);
    expect(groups).toHaveLength(187 - 15);
    expect(tactics).toHaveLength(14);
    expect(tactics[0]?.shortName).toBe('reconnaissance');
    expect(tactics.at(-1)?.shortName).toBe('impact');
    expect(techniques.every((technique) => technique.tactics.length > 0)).toBe(true);
    expect(techniques.find((technique) => technique.techniqueId === 'T1190')?.groups).toContain('G0007');
    expect(parsed.value.modified).toMatch(/^2025-11-12T/);
  });
});
