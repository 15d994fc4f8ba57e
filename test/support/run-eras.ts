import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Assessment } from '../../src/domain/assessment/schema.ts';

/** What a run of the command line came to. */
export interface ErasRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A running command line. */
export interface ErasProcess {
  readonly done: Promise<ErasRun>;
  /** What it has said on standard error so far. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
}

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** Addresses that nothing listens on: a run that is not led to a stand-in must not reach the world. */
const NOWHERE = 'http://127.0.0.1:9';
const CLOSED_NETWORK = {
  NVD_API_URL: NOWHERE,
  KEV_URL: NOWHERE,
  EPSS_API_URL: NOWHERE,
  EPSS_CSV_URL: NOWHERE,
  CVE_API_URL: NOWHERE,
  ATTACK_STIX_URL: NOWHERE,
  OSV_API_URL: NOWHERE,
};

/** Starts the built command line as users do, in a process of its own. */
export function startEras(args: readonly string[], env: Readonly<Record<string, string>>, input = ''): ErasProcess {
  const startedAt = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH, HOME, ...CLOSED_NETWORK, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const done = new Promise<ErasRun>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - startedAt }),
    );
  });
  return { done, stderr: () => stderr, kill: (signal) => child.kill(signal) };
}

/** Runs the built command line to its end. */
export function runEras(args: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<ErasRun> {
  return startEras(args, env, input).done;
}

/** The document that a run printed. */
export function documentOf(run: ErasRun): Assessment {
  return JSON.parse(run.stdout) as Assessment;
}

/** A function that makes data folders, removed when the file's tests are over. */
export function useHomes(): () => string {
  const homes: string[] = [];
  afterAll(() => {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });
  return () => {
    const home = mkdtempSync(join(tmpdir(), 'eras-home-'));
    homes.push(home);
    return home;
  };
}
