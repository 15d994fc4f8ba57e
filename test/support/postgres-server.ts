import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './services.ts';

/** Where Debian has the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';
/** Debian's account of the server, which refuses to run as root. */
const ACCOUNT = 'postgres';

/** The folder of the newest server's programs; null where none is installed. */
function findPrograms(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const newest = readdirSync(VERSIONS)
    .filter((version) => existsSync(join(VERSIONS, version, 'bin/initdb')))
    .sort((one, other) => Number(other) - Number(one))[0];
  return newest === undefined ? null : join(VERSIONS, newest, 'bin');
}

/** Whether suites may run that need a PostgreSQL server; where ERAS_REQUIRE_SERVICES is set, a missing one is a failure and not a skip. */
export function hasPostgres(): boolean {
  if (findPrograms() !== null) return true;
  const message = 'postgresql is not installed';
  if (process.env['ERAS_REQUIRE_SERVICES'] === '1') throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return false;
}

/** A real PostgreSQL of its own, on loopback, over a cluster that is thrown away. */
export interface PostgresServer {
  readonly port: number;
  /** The file of its certificate, which it signed itself for `localhost`. */
  readonly certificate: string;
  /** The URL of a database. */
  url(database: string): string;
  /** Makes an empty database and returns its URL. */
  create(options?: string): Promise<string>;
  /** Runs statements as the superuser. */
  run(url: string, statements: string): Promise<Record<string, unknown>[]>;
  /** Kills it at once, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Its superuser's password, which must be in no message. */
const PASSWORD = 'secret-word';

/** Starts Debian's PostgreSQL. With `isEncrypted` it takes TLS, with a certificate that it signs itself. */
export async function startPostgres(isEncrypted = false): Promise<PostgresServer> {
  const programs = findPrograms();
  if (programs === null) throw new Error('postgresql is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'eras-postgres-'));
  const data = join(folder, 'data');
  const { prefix, options } = asAccount(folder);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const initialise = ['-D', data, '-U', 'eras', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  execFileSync(...command(prefix, [join(programs, 'initdb'), ...initialise, '--locale=C.UTF-8', '--no-sync']), options);
  if (isEncrypted) makeCertificate(data, prefix, options);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 60,
    ssl: isEncrypted ? 'on' : 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = (database: string) => `postgresql://eras:${PASSWORD}@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | null = null;
  let databases = 0;

  async function run(at: string, statements: string) {
    const client = new pg.Client({ connectionString: at, ssl: false });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statements)).rows;
    } finally {
      await client.end();
    }
  }

  async function start() {
    child = spawn(...command(prefix, [join(programs ?? '', 'postgres'), '-D', data, ...flags]), {
      ...options,
      stdio: 'ignore',
    });
    for (let tries = 0; tries < 300; tries += 1) {
      if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
      if (await run(url('postgres'), 'SELECT 1').catch(() => null)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('postgres does not answer');
  }

  /** SIGQUIT is the server's own way to end at once: it takes its children with it, and the next start recovers. */
  async function kill() {
    const running = child;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGQUIT');
    await new Promise((resolve) => running.once('close', resolve));
  }

  await start();
  return {
    port,
    certificate: join(data, 'server.crt'),
    url,
    async create(more = '') {
      databases += 1;
      const name = `eras_${databases}`;
      await run(url('postgres'), `CREATE DATABASE ${name} ${more}`);
      return url(name);
    },
    run,
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How its programs are run: as Debian's account where this is root, which replaces itself by the program, so that its process id is the server's. */
function asAccount(folder: string) {
  const options = { cwd: folder, stdio: 'ignore' as const };
  if (process.getuid?.() !== 0) return { prefix: [], options };
  const number = (flag: string) => Number(execFileSync('id', [flag, ACCOUNT], { encoding: 'utf8' }));
  chownSync(folder, number('-u'), number('-g'));
  return { prefix: ['setpriv', `--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--clear-groups'], options };
}

function command(prefix: readonly string[], words: readonly string[]): [string, string[]] {
  const [program = '', ...rest] = [...prefix, ...words];
  return [program, rest];
}

function makeCertificate(data: string, prefix: readonly string[], options: object): void {
  mkdirSync(data, { recursive: true });
  const files = ['-keyout', join(data, 'server.key'), '-out', join(data, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const words = ['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject];
  execFileSync(...command(prefix, words), options);
}
