import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { joinAssets } from '../assets/join-assets.ts';
import { readTargets } from '../read-targets.ts';

const CVE = 'CVE-2024-1111';
const SHA = 'sha256:c667ad018b538adadb5bd1db75836c8561b23bc7d31d9cd8941fa74f5df93802';
const LAMBDA = 'arn:aws:lambda:us-west-2:123456789012:function:pay';
const image = (name: string) => `arn:aws:ecr:us-east-1:123456789012:repository/${name}/${SHA}`;

const inspector = (type: string, id: string, details: unknown) => ({
  findingArn: id,
  awsAccountId: '1',
  resources: [{ type, id, details }],
  packageVulnerabilityDetails: { vulnerabilityId: CVE, vulnerablePackages: [{ name: 'curl', version: '1' }] },
});
const hub = (...Resources: unknown[]) => ({
  SchemaVersion: '2018-10-08',
  ProductArn: 'a',
  Resources,
  Vulnerabilities: [{ Id: CVE, VulnerablePackages: [{ Name: 'curl', Version: '1' }] }],
});
const operator = (name: string, container: string, tag: string) => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'VulnerabilityReport',
  metadata: {
    namespace: 'shop',
    labels: {
      'trivy-operator.resource.kind': 'Deployment',
      'trivy-operator.resource.name': name,
      'trivy-operator.container.name': container,
    },
  },
  report: {
    registry: { server: 'index.docker.io' },
    artifact: { repository: 'library/nginx', tag },
    vulnerabilities: [{ vulnerabilityID: CVE, resource: 'curl', installedVersion: '1' }],
  },
});
const gitlab = (name: string) => ({
  identifiers: [{ type: 'cve', name: CVE, value: CVE }],
  location: { image: name, dependency: { package: { name: 'curl' }, version: '1' } },
});
const sysdig = (k8sWorkloadName: string) => ({
  vulnName: CVE,
  packageName: 'curl',
  packageVersion: '1',
  k8sClusterName: 'c',
  k8sNamespaceName: 'shop',
  k8sWorkloadType: 'deployment',
  k8sWorkloadName,
  imagePullString: 'nginx:1',
});
const snyk = (projectName: string) => ({
  projectName,
  ok: false,
  uniqueCount: 1,
  vulnerabilities: [{ id: CVE, packageName: 'curl', version: '1' }],
});
const xray = (name: string) => ({
  cves: [{ cve: CVE }],
  impacted_artifact: `docker://${name}`,
  vulnerable_component: 'deb://debian:buster:curl:1',
});
const artifact = (name: string) => ({
  general: { name: 'manifest.json', path: name },
  issues: [{ cves: [{ cve: CVE }], impact_path: ['x/curl:1'] }],
});

/** Each with the same vulnerability of the same component in two places, and what these are. */
const REPORTS: readonly (readonly [string, unknown, readonly string[]])[] = [
  [
    'Inspector',
    {
      findings: [
        inspector('AWS_LAMBDA_FUNCTION', LAMBDA, { awsLambdaFunction: { functionName: 'pay' } }),
        inspector('AWS_ECR_CONTAINER_IMAGE', image('shop'), {
          awsEcrContainerImage: { repositoryName: 'shop', imageTags: ['2.3.0'] },
        }),
      ],
    },
    [LAMBDA, image('shop')],
  ],
  ['Security Hub', { Findings: [hub({ Id: image('a') }), hub({ Id: image('b') })] }, [image('a'), image('b')]],
  ['Security Hub, one finding', { Findings: [hub({ Id: image('a') }, { Id: LAMBDA })] }, [image('a'), LAMBDA]],
  [
    'Trivy Operator',
    { kind: 'List', items: [operator('web', 'nginx', '1'), operator('api', 'nginx', '1')] },
    ['shop/Deployment/web/nginx', 'shop/Deployment/api/nginx'],
  ],
  [
    'Trivy of a cluster',
    {
      ClusterName: 'c',
      Resources: ['web', 'api'].map((Name) => ({
        Namespace: 'shop',
        Kind: 'Deployment',
        Name,
        Results: [
          {
            Target: 't',
            Class: 'os-pkgs',
            Vulnerabilities: [{ VulnerabilityID: CVE, PkgName: 'curl', InstalledVersion: '1' }],
          },
        ],
      })),
    },
    ['c/shop/Deployment/web', 'c/shop/Deployment/api'],
  ],
  [
    'GitLab',
    { version: '15.0.0', scan: { type: 'container_scanning' }, vulnerabilities: [gitlab('a:1'), gitlab('b:1')] },
    ['a:1', 'b:1'],
  ],
  ['Sysdig', { data: [sysdig('web'), sysdig('api')] }, ['c/shop/deployment/web', 'c/shop/deployment/api']],
  ['Snyk', [snyk('web'), snyk('api')], ['web', 'api']],
  ['Xray', { total_rows: 2, rows: [xray('a:1'), xray('b:1')] }, ['docker://a:1', 'docker://b:1']],
  ['Xray summary', { artifacts: [artifact('a/1'), artifact('b/1')] }, ['a/1', 'b/1']],
];

const readIntake = (document: unknown) => readTargets(['-'], Readable.from([JSON.stringify(document)]));

it.each(REPORTS)('%s: the same in two places is two findings, each on its place', async (_name, document, places) => {
  const { sightings } = await readIntake(document);
  const subjects = joinAssets(sightings, null);
  expect(subjects.map(({ asset }) => asset?.id)).toEqual(places);
  expect(subjects.map(({ evidence }) => evidence.map(({ subject }) => subject))).toEqual(places.map((id) => [id]));
});

it('what a list of assets calls by another name of it is on that asset', async () => {
  const { sightings } = await readIntake(REPORTS[0]?.[1]);
  const listed = (id: string) => {
    const [of] = joinAssets(sightings, null);
    if (of?.asset == null) throw new Error('no asset');
    return {
      asset: { ...of.asset, id, name: null, source: 'assets.csv' },
      hostnames: [],
      ips: [],
      vulnerabilityIds: [],
    };
  };
  const subjects = joinAssets(sightings, { assets: [listed('pay'), listed('shop:2.3.0')], isLinked: true });
  expect(subjects.map(({ asset }) => [asset?.id, asset?.source])).toEqual([
    ['pay', 'assets.csv'],
    ['shop:2.3.0', 'assets.csv'],
  ]);
});
