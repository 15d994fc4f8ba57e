import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';

const newHome = useHomes();
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('eras report', () => {
  it('writes the branded report in German, compared with an earlier one, and refuses what cannot be a template', async () => {
    const home = newHome();
    const env = { ERAS_HOME: join(home, 'store') };
    const assess = async (ids: readonly string[]) =>
      documentOf(await runEras(['assess', ...ids, '--offline', '--format', 'json'], env)).id;
    const before = await assess(['CVE-2021-44228']);
    const after = await assess(['CVE-2021-44228', 'CVE-2024-3094']);

    mkdirSync(join(home, 'brand'));
    writeFileSync(join(home, 'brand', 'logo.png'), Buffer.from(PIXEL, 'base64'));
    const template = join(home, 'brand', 'template.yaml');
    writeFileSync(
      template,
      'organisation: Example Ltd\nclassification: TLP:AMBER\nlogo: logo.png\nsections: { money: false }\n',
    );
    const [one, two] = [join(home, 'one.html'), join(home, 'two.html')];
    const flags = ['--template', template, '--lang', 'de', '--since', before];
    expect(await runEras(['report', after, ...flags, '--output', one], env)).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(one, 'utf8');
    for (const part of ['<html lang="de">', 'TLP:AMBER', 'Example Ltd', PIXEL, '1 neu, 0 weggefallen']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('id="money"');
    await runEras(['report', after, ...flags, '--output', two], env);
    expect(readFileSync(two, 'utf8')).toBe(text);

    const bad = join(home, 'bad.json');
    writeFileSync(bad, '{ "accent": "#ffff00" }');
    const refused = await runEras(['report', after, '--format', 'html', '--template', bad], env);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^eras: the template [^\n]*accent: [^\n]*\n$/),
    ]);
    const later = await runEras(['report', before, '--format', 'html', '--since', after], env);
    expect([later.code, later.stderr]).toEqual([
      2,
      expect.stringMatching(/^eras: --since: [^\n]* is not earlier [^\n]*\n$/),
    ]);
  }, 60_000);
});
