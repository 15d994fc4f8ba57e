import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config/settings.ts';

const FOLDER = join(import.meta.dirname, '../../deploy');
const FILE = join(FOLDER, 'compose.yaml');

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly ports?: unknown;
  readonly network_mode?: string;
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly string[];
  readonly command?: readonly string[];
  readonly stop_grace_period?: string;
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly memory?: string } };
  };
}

const text = readFileSync(FILE, 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  networks: Readonly<Record<string, { internal?: boolean }>>;
  volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);
const own = services.filter(([, { image }]) => image.startsWith('eras:'));

describe('deploy/compose.yaml', () => {
  it('follows the schema of compose files', () => {
    expect(errorsIn(compose)).toEqual([]);
    const services = {
      ...compose.services,
      worker: { ...compose.services['worker'], read_only: ['yes'], restrat: 'no' },
    };
    expect(errorsIn({ ...compose, services })).not.toEqual([]);
  });

  it.each(services)('fences %s in', (_, service) => {
    expect(service.image).toMatch(/:\d+\.\d+(?:\.\d+|-)/);
    expect([service.read_only, service.cap_drop, service.privileged]).toEqual([true, ['ALL'], undefined]);
    expect(service.security_opt).toContain('no-new-privileges:true');
    // Nothing is reached from outside.
    expect(service.ports).toBeUndefined();
    const isOffline = service.network_mode === 'none';
    expect(service.user).toMatch(isOffline ? /^0:0$/ : /^(?:10001:10001|redis|postgres)$/);
    for (const volume of service.volumes ?? []) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    for (const network of service.networks ?? []) expect(Object.keys(compose.networks)).toContain(network);
  });

  it('keeps servers off the way out, and has workers wait until they are well', () => {
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const name of ['redis', 'postgres', 'chroma']) {
      const { networks, healthcheck, volumes, deploy } = compose.services[name] ?? {};
      expect([networks, typeof healthcheck?.test, volumes?.length]).toEqual([['inside'], 'object', 1]);
      expect(deploy?.resources?.limits?.memory).toBeDefined();
      expect(compose.services['worker']?.depends_on?.[name]).toEqual({ condition: 'service_healthy' });
    }
  });

  it('runs several workers, which get the time to drain', () => {
    const worker = compose.services['worker'];
    expect(worker?.deploy?.replicas).toBeGreaterThan(1);
    const drainMs = Number(SETTINGS.find(({ name }) => name === 'ERAS_WORKER_DRAIN_MS')?.default);
    expect(Number.parseInt(worker?.stop_grace_period ?? '', 10) * 1000).toBeGreaterThan(drainMs + 10_000);
    expect(compose.services['sync']?.command).toEqual(['sync', 'nvd', 'kev', 'epss', 'attack']);
  });

  it('has a Redis that keeps what it holds and evicts nothing', () => {
    const command = compose.services['redis']?.command?.join('\n') ?? '';
    for (const line of ['appendonly yes', 'maxmemory-policy noeviction', 'requirepass'])
      expect(command).toContain(line);
  });

  it("takes secrets from one file that is nobody else's, and names no setting that ERAS does not know", () => {
    const example = readFileSync(join(FOLDER, 'env.example'), 'utf8');
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect(own.every(([, { env_file }]) => env_file?.[0] === './.env')).toBe(true);
    expect(readFileSync(join(FOLDER, '../.gitignore'), 'utf8')).toContain('deploy/.env\n');
    const wanted = new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name ?? ''));
    expect([...wanted].filter((name) => !names.includes(name))).toEqual([]);
    const known = new Set<string>(SETTINGS.map(({ name }) => name));
    const set = [
      ...names.filter((name) => !wanted.has(name)),
      ...own.flatMap(([, { environment }]) => Object.keys(environment ?? {})),
    ];
    expect(set.filter((name) => !known.has(name))).toEqual([]);
    // No secret has a value here.
    expect(example).not.toMatch(/(?:PASSWORD|KEY)=\S/);
  });
});

/** What is wrong by the schema of the Compose Specification, which comes with a linter for compose files. */
function errorsIn(file: object): readonly unknown[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: { duration: true } });
  const validate = ajv.compile(schema);
  return validate(file) ? [] : (validate.errors ?? []);
}
