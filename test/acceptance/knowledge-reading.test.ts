import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawPage } from '../../src/adapters/documents/draw-page.ts';
import { pdf } from '../support/pdf.ts';
import { runEras, startEras, useHomes } from '../support/run-eras.ts';
import { scannedPdf } from '../support/scanned-pdf.ts';
import { hasTesseract } from '../support/services.ts';
import { cell, xlsx } from '../support/xlsx.ts';

const newHome = useHomes();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'eras-reading-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function mountReadOnly(folder: string): boolean {
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  try {
    execFileSync('mount', ['-o', 'remount,ro,bind', folder], { stdio: 'ignore' });
    return true;
  } catch {
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const ingest = (home: string, ...args: string[]) => runEras(['ingest', '--workers', '1', ...args], { ERAS_HOME: home });
const ask = (home: string, question: string, ...args: string[]) =>
  runEras(['ask', question, '--no-llm', '--format', 'json', ...args], { ERAS_HOME: home });
const english =
  'Servers that are reached from the internet are patched within two days, as the board of the company wants it.';
const german =
  'Server, die aus dem Internet erreichbar sind, werden innerhalb von zwei Tagen gepatcht, wie der Vorstand es will.';

describe('eras ingest', () => {
  it('takes documents in whose fields cannot be read, and tells so in a line until they can', async () => {
    const folder = newFolder({
      'policy.txt': english,
      'policy.txt.yaml': 'owner: [unclosed',
      'front.md': '---\nowner: "open\n---\n# Backups\n\nBackups are kept for ninety days.',
      'typed.md': '---\ntype: policy\nowner: Ann\n---\n# Typed\n\nThis one can be read.',
    });
    const home = newHome();
    const first = await ingest(home, folder);
    expect([first.code, first.stdout]).toEqual([3, expect.stringMatching(/^3 read .* 0 passed over, 2 with gaps\n$/)]);
    const lines = first.stderr.trim().split('\n');
    expect(lines.sort()).toEqual([
      expect.stringMatching(/front\.md: the YAML in front of it is no YAML.*correct it and ingest again$/),
      expect.stringMatching(/policy\.txt: its policy\.txt\.yaml is no YAML \(line 1\).*ingest again$/),
      expect.stringMatching(/warning: .*typed\.md: the YAML in front of it: type cannot be said/),
    ]);
    expect(JSON.parse((await ask(home, 'How long are backups kept?')).stdout).answer).toContain('ninety days');
    expect((await ingest(home, folder)).stderr.match(/ is no YAML/g)).toHaveLength(2);
    writeFileSync(join(folder, 'policy.txt.yaml'), 'owner: Ann');
    writeFileSync(join(folder, 'front.md'), '---\nowner: Ann\n---\n# Backups\n\nBackups are kept for ninety days.');
    expect((await ingest(home, folder)).code).toBe(0);
    const again = await ingest(home, folder, '--field', 'path=here');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('--field path has no effect')]);
  });

  it('keeps the fields that flags gave until they are given anew or taken back', async () => {
    const folder = newFolder({ 'en.txt': english, 'en.txt.yaml': 'owner: Ann' });
    const home = newHome();
    const titles = async (...filters: string[]) =>
      JSON.parse((await ask(home, 'servers', ...filters.flatMap((one) => ['--filter', one]))).stdout).passages.length;
    await ingest(home, folder, '--field', 'system=payments', '--field', 'system=HR', '--field', 'owner=Bob');
    expect((await ingest(home, folder)).stdout).toContain('1 unchanged');
    writeFileSync(join(folder, 'en.txt'), `${english} Again.`);
    expect((await ingest(home, folder)).stdout).toMatch(/^1 read/);
    expect(await titles('system=payments', 'system=hr', 'owner=bob')).toBe(1);
    expect((await ingest(home, folder, '--field', 'system=shop')).stdout).toMatch(/^1 read/);
    expect([await titles('system=shop', 'owner=bob'), await titles('system=payments')]).toEqual([1, 0]);
    await ingest(home, folder, '--field', 'system=', '--field', 'owner=');
    expect([await titles('system=shop'), await titles('owner=Ann')]).toEqual([0, 1]);
  });

  it('keeps them where a document moves, and says so', async () => {
    const folder = newFolder({ 'old.txt': english });
    const home = newHome();
    await ingest(home, folder, '--field', 'system=payments');
    writeFileSync(join(folder, 'copy.txt'), english);
    expect((await ingest(home, folder)).stderr).not.toContain('keeps what was said');
    renameSync(join(folder, 'old.txt'), join(folder, 'new.txt'));
    const moved = await ingest(home, folder, '--prune');
    expect([moved.code, moved.stderr]).toEqual([
      0,
      expect.stringMatching(/new\.txt: it was .*old\.txt before, and keeps what was said of it there \(system\)/),
    ]);
    const found = JSON.parse((await ask(home, 'servers', '--filter', 'system=payments')).stdout);
    expect(found.passages.map(({ title }: { title: string }) => title)).toEqual(['new.txt']);
  });

  it('says that a pattern cannot be pruned', async () => {
    const folder = newFolder({ 'a.txt': english, 'b.txt': `${english} Again.` });
    const home = newHome();
    await ingest(home, join(folder, '*.txt'));
    rmSync(join(folder, 'b.txt'));
    const pattern = await ingest(home, join(folder, '*.txt'), '--prune');
    expect([pattern.code, pattern.stderr.trim().split('\n')]).toEqual([
      0,
      [expect.stringMatching(/--prune removes what is gone from folders, and nothing for .*\*\.txt: name the folder/)],
    ]);
    const whole = await ingest(home, folder, '--prune');
    expect([whole.stdout, whole.stderr]).toEqual([expect.stringContaining('1 removed'), '']);
  });

  it.each([
    ['date=nonsense', 'is no day of the calendar; give it as YYYY-MM-DD'],
    ['date=2026-02-30', 'is no day'],
    ['nonsense', 'is not of the form FIELD=VALUE'],
  ])('refuses --field %s in a line', async (field, reason) => {
    const { code, stdout, stderr } = await ingest(newHome(), newFolder({ 'en.txt': english }), '--field', field);
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringContaining(reason)]]);
  });

  it('says in a line that a folder is gone', async () => {
    const folder = newFolder({ 'en.txt': english });
    for (const args of [['--prune'], []]) {
      const { code, stderr } = await ingest(newHome(), join(folder, 'gone'), ...args);
      expect([code, stderr.trim().split('\n')]).toEqual([2, [expect.stringContaining('gone: there is no such file')]]);
    }
  });

  it('names links in folders, ten of them at most, and what is under the ending of another kind', async () => {
    const folder = newFolder({ 'hosts.xlsx': 'host,owner\nweb,Ann', 'policy.txt': english });
    for (let index = 0; index < 13; index += 1)
      symlinkSync(join(folder, 'policy.txt'), join(folder, `link${index}.txt`));
    const { code, stdout, stderr } = await ingest(newHome(), folder);
    expect([code, stdout]).toEqual([3, expect.stringContaining('2 read (2 passages), 0 unchanged, 13 passed over')]);
    expect(stderr.match(/it is a link/g)).toHaveLength(10);
    expect(stderr).toContain('and 3 more');
    expect(stderr).toContain('hosts.xlsx: its ending says XLSX, but it is text');
  });

  it('takes a workbook in whose last cell is at the far corner', async () => {
    const rows = `<row r="1">${cell('A1', 'host')}</row><row r="1048576">${cell('XFD1048576', 'the corner of pay-gw-01')}</row>`;
    const home = newHome();
    const { code, stderr, milliseconds } = await ingest(home, newFolder({ 'far.xlsx': xlsx(rows) }));
    expect([code, stderr]).toEqual([0, '']);
    expect(milliseconds).toBeLessThan(30_000);
    expect((await ask(home, 'pay-gw-01')).stdout).toContain('the corner of pay-gw-01');
  });

  it('ends with the same collection where two processes take the same folder in', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `note${index}.md`,
        `# Note ${index}\n\nNote ${index} speaks of host-${index}.`,
      ]),
    );
    const folder = newFolder(files);
    const [alone, shared] = [newHome(), newHome()];
    await ingest(alone, folder);
    const runs = ['1', '2'].map(() => startEras(['ingest', folder, '--workers', '1'], { ERAS_HOME: shared }).done);
    for (const { code, stderr } of await Promise.all(runs)) expect([code, stderr]).toEqual([0, '']);
    expect((await ingest(shared, folder)).stdout).toContain('0 read (0 passages), 12 unchanged');
    for (const question of ['host-3', 'Which note speaks of host-11?'])
      expect((await ask(shared, question, '--top', '20')).stdout).toBe(
        (await ask(alone, question, '--top', '20')).stdout,
      );
    // Eight runs, each of which loads the model: on a busy machine they take half a minute and more.
  }, 180_000);
});

describe('scanned documents', () => {
  const picture = () => drawPage(pdf(['The payment gateway is owned by the platform team of the company.']), 1);

  it.skipIf(!hasTesseract())('are read by OCR where tesseract is installed, and marked in answers', async () => {
    const home = newHome();
    const taken = await ingest(
      home,
      newFolder({ 'scan.pdf': scannedPdf([await picture()], ['The second page has text.']) }),
    );
    expect([taken.code, taken.stderr]).toEqual([
      0,
      expect.stringContaining('page 1 is without a text layer and read by OCR'),
    ]);
    const answer = JSON.parse((await ask(home, 'Who owns the payment gateway?')).stdout);
    expect(answer.answer).toContain('platform team');
    expect(answer.citations[0]).toMatchObject({ page: 1, ocr: true });
    const shown = await runEras(['ask', 'Who owns the payment gateway?', '--no-llm'], { ERAS_HOME: home });
    expect(shown.stdout).toContain('page 1, read by OCR');
    expect(JSON.parse((await ask(home, 'second page')).stdout).passages.at(-1)).toBeDefined();
  });

  it('leave no program behind where the command is interrupted', async () => {
    const folder = newFolder({ 'scan.pdf': scannedPdf([await picture()]) });
    const programs = newFolder({});
    const pidFile = join(programs, 'pid');
    const program = `#!/bin/sh\nif [ "$1" = --list-langs ]; then echo 'List:'; echo eng; exit; fi\necho $$ > '${pidFile}'\nexec sleep 1000\n`;
    writeFileSync(join(programs, 'tesseract'), program, { mode: 0o755 });
    const env = { ERAS_HOME: newHome(), PATH: `${programs}:${process.env['PATH']}` };
    const started = startEras(['ingest', folder, '--workers', '1'], env);
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8').trim() === '')
      await new Promise((resolve) => setTimeout(resolve, 50));
    started.kill('SIGINT');
    expect((await started.done).code).toBe(130);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('say what to install where it is not, and are read again until it is', async () => {
    const home = newHome();
    const folder = newFolder({
      'mixed.pdf': scannedPdf([await picture()], ['The second page has text.']),
      'scan.pdf': scannedPdf([await picture()]),
    });
    const env = { ERAS_HOME: home, PATH: '/nonexistent' };
    for (const { code, stdout, stderr } of [
      await runEras(['ingest', folder], env),
      await runEras(['ingest', folder], env),
    ]) {
      expect([code, stdout]).toEqual([3, expect.stringMatching(/^1 read .* 1 passed over, 1 with gaps/)]);
      expect(stderr).toMatch(
        /mixed\.pdf: page 1 is without a text layer and left out; install tesseract .*ingest again/,
      );
      expect(stderr).toMatch(/scan\.pdf: it has no text layer \(scanned\?\); install tesseract/);
    }
  });
});

describe('eras ask', () => {
  it('tells of filters that no document meets, with what there is', async () => {
    const home = newHome();
    await ingest(home, newFolder({ 'en.txt': english }), '--field', 'system=payments');
    await ingest(home, newFolder({ 'de.txt': german, 'de.txt.yaml': 'system: hr\ndate: 2026-01-02' }));
    const warningsOf = async (...filters: string[]) =>
      (await ask(home, 'servers', ...filters.flatMap((one) => ['--filter', one]))).stderr.trim().split('\n');
    expect(await warningsOf('sytem=hr')).toEqual([
      'warning: no document has a field "sytem"; fields: type, date, title, path, language, system',
    ]);
    expect(await warningsOf('system=HR|pay')).toEqual([
      'warning: no document has system=pay; values of system: hr, payments',
    ]);
    expect(await warningsOf('type=txt')).toEqual(['warning: no document has type=txt; values of type: text']);
    expect(await warningsOf('date>=2027-01-01')).toEqual([
      'warning: no document has date>=2027-01-01; values of date: 2026-01-02',
    ]);
    expect(await warningsOf('system=hr', 'language=en')).toEqual(['warning: no document meets all filters together']);
    expect(await warningsOf('system=hr', 'language=de')).toEqual(['']);
    const answer = JSON.parse((await ask(home, 'servers', '--filter', 'language=de')).stdout);
    expect(answer.passages.map(({ title }: { title: string }) => title)).toEqual(['de.txt']);
  });

  it('filters by each of several values that an author gives, and by the ids that documents name', async () => {
    const home = newHome();
    const folder = newFolder({
      'a.md':
        '---\ntags: [red, blue]\nsystem: [pay, hr]\n---\n# A\n\nServers of a: CVE-2021-44228 was used.\n\n## More\n\nServers.',
      'b.txt': 'Servers of b are attacked by T1003.001.',
      'b.txt.yaml': 'system:\n  - hr\n  - shop',
      'c.txt': 'Servers of c.',
    });
    await ingest(home, folder);
    const titles = async (...filters: string[]) => {
      const run = await ask(home, 'servers', '--top', '20', ...filters.flatMap((one) => ['--filter', one]));
      const found: { title: string; section: string | null }[] = JSON.parse(run.stdout).passages;
      return [[...new Set(found.map(({ title }) => title))].sort().join(), found.length, run.stderr];
    };
    expect(await titles('system=hr')).toEqual(['A,b.txt', 3, '']);
    expect(await titles('tags=blue')).toEqual(['A', 2, '']);
    expect(await titles('system=pay', 'tags=red')).toEqual(['A', 2, '']);
    expect(await titles('cve=CVE-2021-44228')).toEqual(['A', 2, '']);
    expect(await titles('technique=T1003')).toEqual(['b.txt', 1, '']);
    expect(await titles('technique=t1003.001', 'system=shop')).toEqual(['b.txt', 1, '']);
    expect((await titles('cve=CVE-2020-0001'))[2]).toBe(
      'warning: no document has cve=CVE-2020-0001; values of cve: CVE-2021-44228\n',
    );
    expect((await titles('system=it'))[2]).toMatch(/values of system: hr, pay, shop\n$/);
  });

  it('cites the page of the sentence, and quotes neither heads, feet nor whom to contact', async () => {
    const home = newHome();
    const page = (number: number, text: string) =>
      ['Acme security policy of servers and backups', text, `Page ${number} of 3`].join('\n');
    const contact = 'For more information on backups contact soc@example.com.';
    const pages = [`${english} ${contact}`, 'Backups are kept for ninety days.', 'Keys are rotated.'];
    await ingest(home, newFolder({ 'policy.pdf': pdf(pages.map((text, index) => page(index + 1, text))) }));
    const answer = JSON.parse((await ask(home, 'How long are backups kept?')).stdout);
    expect(answer.answer).toBe('Backups are kept for ninety days.');
    expect([answer.citations[0].page, answer.passages[0].page]).toEqual([2, 2]);
    expect(JSON.stringify(answer.passages)).not.toMatch(/Acme security policy|Page \d of 3/);
    expect(JSON.parse((await ask(home, 'Whom do I contact on backups?')).stdout).answer).toContain('soc@example.com');
  });

  it('tells documents apart by language, and hints at a question in another one than the model knows', async () => {
    const home = newHome();
    const taken = await ingest(
      home,
      newFolder({ 'en.txt': english, 'en2.txt': `${english} Again.`, 'de.txt': german }),
    );
    expect(taken.stdout).toMatch(/; languages: en 2, de 1\n$/);
    const asked = await ask(home, 'Wie schnell werden Server gepatcht, die aus dem Internet erreichbar sind?');
    expect(asked.stderr).toMatch(/^hint: the question seems to be in German; .*English.*\n$/);
    expect((await ask(home, 'How fast are servers patched?')).stderr).toBe('');
  });

  it('says that it goes by words where the vectors are in another place than it is told', async () => {
    const home = newHome();
    await ingest(home, newFolder({ 'en.txt': english }));
    const env = { ERAS_HOME: home, CHROMA_URL: 'http://127.0.0.1:9' };
    const { code, stdout, stderr } = await runEras(['ask', 'Which servers are patched?', '--no-llm'], env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('within two days')]);
    expect(stderr).toMatch(/^warning: CHROMA_URL is set, but the vectors are in the store.*--reembed.*\n$/);
  });

  it('takes whole numbers of passages only', async () => {
    for (const top of ['1e3', '0', '-1', '1.5', ' 5', '1001']) {
      const { code, stderr } = await ask(newHome(), 'x', '--top', top);
      expect([top, code, stderr]).toEqual([top, 2, expect.stringContaining('no whole number from 1 to 1000')]);
    }
  });

  it('answers from a store that may only be read', async (context) => {
    const home = newHome();
    await ingest(home, newFolder({ 'en.txt': english }));
    if (!mountReadOnly(home)) return context.skip('mounting needs root');
    try {
      const { code, stdout, stderr } = await ask(home, 'Which servers are patched?');
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^warning: the store may only be read;.*\n$/)]);
      expect(JSON.parse(stdout).answer).toContain('within two days');
    } finally {
      execFileSync('umount', [home]);
    }
  });

  it('ends well where nobody reads what it says', async () => {
    const home = newHome();
    await ingest(home, newFolder({ 'en.txt': `${english} `.repeat(2000) }));
    const main = join(import.meta.dirname, '../../dist/main.js');
    for (const shell of ['| head -c 0', '>&-']) {
      const command = `node "${main}" ask "Which servers are patched?" --no-llm --format json --top 100 ${shell}; echo "codes \${PIPESTATUS[0]}" >&2`;
      const child = spawn('bash', ['-c', command], { env: { ...process.env, ERAS_HOME: home } });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await new Promise((resolve) => child.once('close', resolve));
      expect([shell, said]).toEqual([shell, 'codes 0\n']);
    }
  });
});
