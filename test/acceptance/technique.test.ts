import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const folder = mkdtempSync(join(tmpdir(), 'eras-technique-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const object = (type: string, id: string, fields: object, externalId?: string) => ({
  ...{ type, id, modified: '2026-06-01T00:00:00.000Z', name: id },
  external_references: externalId === undefined ? [] : [{ source_name: 'mitre-attack', external_id: externalId }],
  ...fields,
});
const technique = (id: string, name: string, description: string, more: object = {}) =>
  object('attack-pattern', `attack-pattern--${id}`, { name, description, ...phase, ...more }, id);
const phase = { kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'credential-access' }] };
const BUNDLE = JSON.stringify({
  type: 'bundle',
  objects: [
    technique('T1003.001', 'LSASS Memory', 'Adversaries read credential material out of the memory of LSASS.'),
    technique('T1555', 'Credentials from Password Stores', 'Adversaries search password stores.'),
    technique('T1001', 'Gone', 'Adversaries use sekurlsa to dump logon passwords.', { revoked: true }),
    ...['Server', 'Router', 'Printer', 'Mailbox'].map((name, place) =>
      technique(`T160${place}`, name, `Adversaries rent a ${name.toLowerCase()} for their campaign.`),
    ),
    object('malware', 'malware--1', {}, 'S0001'),
    object('relationship', 'relationship--1', {
      relationship_type: 'uses',
      source_ref: 'malware--1',
      target_ref: 'attack-pattern--T1003.001',
      description: '[Miniature](https://example.org) dumps logon passwords with sekurlsa.(Citation: X)',
    }),
  ],
});

const askTechnique = async (home: string, text: string, ...args: string[]) => {
  const run = await runEras(['ask', '--technique', text, '--format', 'json', ...args], { ERAS_HOME: home });
  return { ...run, answer: run.stdout === '' ? null : JSON.parse(run.stdout) };
};

describe('eras ask --technique', () => {
  it('compares a text with what ATT&CK says, once it is mirrored, and says what speaks for an answer', async () => {
    const home = newHome();
    const bundle = file('enterprise-attack.json', BUNDLE);
    expect((await runEras(['sync', 'attack', '--from', bundle], { ERAS_HOME: home })).code).toBe(0);
    const { code, stderr, answer } = await askTechnique(home, 'It dumped logon passwords by sekurlsa');
    expect([code, stderr]).toEqual([0, '']);
    expect(answer).toMatchObject({
      found: true,
      answer: 'T1003.001 LSASS Memory (credential-access)',
      attack: { origin: 'mirror' },
      comparedWith: { description: 6, procedure: 1, example: 0, name: 0 },
    });
    expect(answer.techniques[0]).toEqual({
      techniqueId: 'T1003.001',
      name: 'LSASS Memory',
      tactics: ['credential-access'],
      score: expect.any(Number),
      why: ['words: dumped, logon, passwords, sekurlsa', 'closest: a procedure that ATT&CK tells of it'],
      closest: { kind: 'procedure', text: 'Miniature dumps logon passwords with sekurlsa.' },
    });
    // What the text names needs no likeness.
    const named = await askTechnique(home, 'The actor who rents a printer used T1003.001 and T9999');
    expect(named.answer).toMatchObject({ found: true, answer: 'T1003.001 LSASS Memory (credential-access)' });
    expect(named.answer.techniques[0]).toMatchObject({ score: 1, why: ['names T1003.001'] });
    expect(named.stderr).toMatch(/^warning: T9999: not in ATT&CK.* \(unknown there, revoked or deprecated\)\n$/);
    expect((await askTechnique(home, 'T1001 and T1003.001')).stderr).toMatch(/^warning: T1001: not in ATT&CK/);
    // A technique that was revoked is none.
    expect(JSON.stringify(answer)).not.toContain('T1001');

    const none = await askTechnique(home, 'The weather in Paris is sunny');
    expect(none).toMatchObject({ code: 0, answer: { found: false, techniques: [] } });
    const shown = await runEras(['ask', '--technique', 'It dumped logon passwords by sekurlsa'], { ERAS_HOME: home });
    expect(shown.stdout).toMatch(/^T1003\.001 LSASS Memory \(credential-access\)\n\nTechniques\n/);

    const docs = file(
      'incident.md',
      '---\ntechnique: [T1555, T1003.001]\n---\nThe intruder emptied the vault of the browser.\n',
    );
    expect((await runEras(['ingest', docs, '--workers', '1'], { ERAS_HOME: home })).code).toBe(0);
    const said = await askTechnique(home, 'Somebody emptied a browser vault');
    for (const techniqueId of ['T1555', 'T1003.001'])
      expect(said.answer.techniques.slice(0, 2)).toContainEqual(
        expect.objectContaining({ techniqueId, closest: expect.objectContaining({ kind: 'example' }) }),
      );
  });

  it('has names without the mirror, which it says, and learns from examples', async () => {
    const home = newHome();
    const text = 'It wrote a cron entry that starts the miner every night';
    const csv = file(
      'examples.csv',
      `text,technique\nThe worm adds a cron entry that starts a miner,T1053.003\nX,T9999\n`,
    );
    const { stderr, answer } = await askTechnique(home, text, '--examples', csv);
    expect(answer).toMatchObject({ found: true, attack: { origin: 'snapshot' }, comparedWith: { example: 1 } });
    expect(answer.techniques[0]).toMatchObject({ techniqueId: 'T1053.003', closest: { kind: 'example' } });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^warning: only the names of techniques are at hand: eras sync attack/),
      expect.stringMatching(/^warning: .*examples\.csv: 1 of 2 examples name no technique .*row 2: T9999/),
    ]);
    const again = await runEras(
      ['ask', '--technique', '-i', '--format', 'json', '--examples', csv],
      { ERAS_HOME: home },
      `${text}\n\nexit\nnever\n`,
    );
    expect(JSON.parse(again.stdout)).toEqual(answer);
  });

  it.each([
    [['--technique'], /no question/],
    [['--technique', 'x', '--filter', 'type=pdf'], /--filter/],
    [['--technique', 'x', '--rerank'], /--rerank/],
    [['x', '--examples', 'e.csv'], /--examples is for --technique/],
    [['--technique', 'x', '--examples', '/no/such/file.csv'], /--examples .* cannot be read/],
    [['--technique', 'x', '--examples', tmpdir()], /--examples .* no regular file/],
  ])('refuses %j in a line', async (args, message) => {
    const { code, stdout, stderr } = await runEras(['ask', ...args], { ERAS_HOME: newHome() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
