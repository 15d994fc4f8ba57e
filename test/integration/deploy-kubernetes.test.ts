import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config/settings.ts';
import { checkFields, checkValues, type Manifest } from '../support/check-manifests.ts';

const FOLDER = join(import.meta.dirname, '../../deploy/kubernetes');
const read = (path: string) => parse(readFileSync(join(FOLDER, path), 'utf8')) as Manifest & Record<string, never>;
const paths = globSync('**/*.yaml', { cwd: FOLDER }).sort();
const folders = paths
  .filter((path) => basename(path) === 'kustomization.yaml')
  .map((path) => path.slice(0, -'/kustomization.yaml'.length));
const manifests = paths.filter((path) => basename(path) !== 'kustomization.yaml').map((path) => read(path));
const known = new Set<string>(SETTINGS.map(({ name }) => name));

interface Container {
  readonly image: string;
  readonly resources: { readonly requests?: object; readonly limits?: { readonly memory?: string } };
  readonly securityContext: object;
  readonly [field: string]: unknown;
}
interface Pod {
  readonly securityContext: object;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly automountServiceAccountToken?: boolean;
}

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: Pod;
}
interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
}

function specOf<Spec>(kind: string): Spec {
  return manifests.find((manifest) => manifest.kind === kind)?.['spec'] as Spec;
}

const deployment = manifests.find(({ kind }) => kind === 'Deployment') as Manifest;
const { template: worker, ...deployed } = specOf<{ template: Template; selector: Selector; replicas?: number }>(
  'Deployment',
);
const sync = specOf<{ jobTemplate: { spec: { template: Template } } }>('CronJob').jobTemplate.spec.template;
const scaled = specOf<{
  minReplicaCount: number;
  maxReplicaCount: number;
  scaleTargetRef: { name: string };
  triggers: { metadata: { query: string; threshold: string } }[];
}>('ScaledObject');
const settings = manifests.find(({ kind }) => kind === 'ConfigMap')?.['data'] as unknown as Readonly<
  Record<string, string>
>;
const secrets = manifests.find(({ kind }) => kind === 'Secret')?.['stringData'] as unknown as Readonly<
  Record<string, string>
>;

describe('deploy/kubernetes', () => {
  it('has values as the schemas of the API have them', async () => {
    expect(await checkValues(manifests)).toEqual([]);
    const broken = structuredClone(manifests.find(({ kind }) => kind === 'PersistentVolumeClaim')) as Manifest;
    (broken['spec'] as { resources: object }).resources = { requests: { storage: '10 gigabytes' } };
    expect(await checkValues([broken])).toHaveLength(1);
  });

  it('has no field that the API does not know', () => {
    expect(checkFields(manifests)).toEqual([]);
    const broken = { ...deployment, spce: {} };
    expect(checkFields([broken])).toEqual([expect.stringContaining('spce')]);
  });

  it('is put together from all of its files', () => {
    const named = folders.flatMap((folder) => {
      const { resources = [], components = [] } = read(`${folder}/kustomization.yaml`) as {
        resources?: string[];
        components?: string[];
      };
      return [...resources, ...components].map((name) => join(folder, name));
    });
    const files = paths.filter((path) => basename(path) !== 'kustomization.yaml' && path !== 'secret.example.yaml');
    expect(named.filter((name) => name.endsWith('.yaml')).sort()).toEqual(files);
    expect(named.filter((name) => !name.endsWith('.yaml') && !folders.includes(name))).toEqual([]);
    const { images } = read('overlays/production/kustomization.yaml') as unknown as {
      images: { name: string; newTag: string }[];
    };
    expect(images).toEqual([
      expect.objectContaining({ name: 'eras', newTag: expect.stringMatching(/^\d+\.\d+\.\d+$/) }),
    ]);
  });

  it.each([
    ['worker', worker.spec],
    ['sync', sync.spec],
  ])('fences the pods of %s in', (_, pod) => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10_001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
      expect(container.image).toBe('eras');
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.requests).toBeDefined();
      expect(container.resources.limits?.memory).toBeDefined();
    }
  });

  it('asks workers how they are where they tell it, and gives them the time to drain', () => {
    const [container] = worker.spec.containers;
    expect(container).toMatchObject({
      startupProbe: { httpGet: { path: '/healthz' } },
      livenessProbe: { httpGet: { path: '/healthz' } },
      readinessProbe: { httpGet: { path: '/readyz' } },
    });
    const drainMs = Number(settings['ERAS_WORKER_DRAIN_MS']);
    expect((worker.spec.terminationGracePeriodSeconds ?? 0) * 1000).toBeGreaterThan(drainMs + 10_000);
  });

  it('names settings that ERAS knows, and no secret', () => {
    const names = [...Object.keys(settings), ...Object.keys(secrets)];
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(settings).filter((name) => /KEY|TOKEN|PASSWORD|DATABASE_URL|REDIS_URL/.test(name))).toEqual([]);
    expect(Object.values(secrets).filter((value) => value !== '' && !value.includes(':PASSWORD@'))).toEqual([]);
  });

  it('finds the workers by one set of labels', () => {
    const { labels } = worker.metadata;
    expect(deployed.selector).toEqual({ matchLabels: labels });
    expect(specOf<{ selector: Selector }>('PodDisruptionBudget').selector).toEqual({ matchLabels: labels });
    expect(labels).toMatchObject(specOf<{ podSelector: Selector }>('NetworkPolicy').podSelector.matchLabels);
    expect(scaled.scaleTargetRef.name).toBe(deployment.metadata.name);
    expect(deployed.replicas).toBeUndefined();
  });

  it('scales by what the queue holds, once, and within the connections of PostgreSQL', () => {
    const [trigger] = scaled.triggers;
    expect(trigger?.metadata.query).toContain('max by (queue) (queue_jobs{state=~"waiting|active"})');
    const [, concurrency] = /"--concurrency","(\d+)"/.exec(JSON.stringify(worker.spec.containers)) ?? [];
    expect(trigger?.metadata.threshold).toBe(String(2 * Number(concurrency)));
    expect(scaled.minReplicaCount).toBeGreaterThan(0);
    const usual = 100;
    expect(scaled.maxReplicaCount * Number(settings['DATABASE_POOL_SIZE'])).toBeLessThan(usual);
  });
});
