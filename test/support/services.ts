import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether a suite may run that needs a program; where ERAS_REQUIRE_SERVICES is set, a missing one is a failure and not a skip. */
export function hasService(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['ERAS_REQUIRE_SERVICES'] === '1') throw new Error(`${program} is not installed`);
    process.stderr.write(`skipped: ${program} is not installed\n`);
    return false;
  }
}

/** Whether suites may run that recognise text in pictures; where ERAS_REQUIRE_SERVICES is set, a missing tesseract is a failure and not a skip. */
export function hasTesseract(): boolean {
  return hasService('tesseract');
}

/** A real Redis of its own, on loopback, with nothing kept. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Freezes it: connections stay open, and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Kills it at once and starts it again; what it holds is there again where it is kept. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Debian's redis-server. `isKept`: it writes what it holds to a file (AOF); `settings`: further arguments. */
export async function startRedis(isKept = false, settings: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'eras-redis-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    isKept ? 'yes' : 'no',
    '--dir',
    folder,
    ...settings,
  ];
  let child = await run();

  async function run(): Promise<ChildProcess> {
    const started = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await ready(started);
    return started;
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async restart() {
      await kill();
      child = await run();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
    child.once('close', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

/** Where the servers of `test/services` are installed (`npm ci --prefix test/services`). */
const CHROMA = fileURLToPath(new URL('../services/node_modules/chromadb/dist/cli.mjs', import.meta.url));

/** Whether suites may run that need a Chroma server; where ERAS_REQUIRE_SERVICES is set, a missing one is a failure and not a skip. */
export function hasChroma(): boolean {
  if (existsSync(CHROMA)) return true;
  const message = 'chroma is not installed (npm ci --prefix test/services)';
  if (process.env['ERAS_REQUIRE_SERVICES'] === '1') throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return false;
}

/** A real Chroma of its own, on loopback, that keeps what it holds in a folder. */
export interface ChromaServer {
  readonly url: string;
  /** Kills it at once and starts it again over the same folder. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server that comes with Chroma's package. */
export async function startChroma(): Promise<ChromaServer> {
  const folder = mkdtempSync(join(tmpdir(), 'eras-chroma-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child = await run();

  async function run(): Promise<ChildProcess> {
    const args = [CHROMA, 'run', '--path', folder, '--host', '127.0.0.1', '--port', String(port)];
    const started = spawn(process.execPath, args, { stdio: 'ignore' });
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await fetch(`${url}/api/v2/heartbeat`).catch(() => null);
      if (answer?.ok) return started;
      if (started.exitCode !== null) throw new Error(`chroma ended with ${started.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('chroma does not answer');
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  }

  return {
    url,
    kill,
    async restart() {
      await kill();
      child = await run();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A way to a Redis that is as slow as a source: its answers come after so many milliseconds. */
export async function startSlowWay(port: number, delayMs: number): Promise<{ url: string; stop(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    client.pipe(upstream);
    upstream.on('data', (bytes) => setTimeout(() => client.write(bytes), delayMs));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Folder of the packages of `test/services`, for NODE_PATH. */
export const SERVICES_PACKAGES = fileURLToPath(new URL('../services/node_modules', import.meta.url));

/** Whether suites may run that need the library for ONNX models; where ERAS_REQUIRE_SERVICES is set, a missing one is a failure and not a skip. */
export function hasTransformers(): boolean {
  if (existsSync(join(SERVICES_PACKAGES, '@huggingface/transformers'))) return true;
  const message = '@huggingface/transformers is not installed (npm ci --prefix test/services)';
  if (process.env['ERAS_REQUIRE_SERVICES'] === '1') throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return false;
}
