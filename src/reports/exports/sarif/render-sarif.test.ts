import { describe, expect, it } from 'vitest';
import { EVERY_KIND, renderText, reportOf } from '../../../../test/support/report-findings.ts';
import { renderSarif } from './render-sarif.ts';

const [run] = JSON.parse(await renderText(renderSarif, reportOf(EVERY_KIND))).runs;
const resultOf = (id: string) =>
  run.results.find((one: never) => one['partialFingerprints']['erasFindingId/v1'] === id);

describe('SARIF', () => {
  it('has a rule a vulnerability, which its results point at', () => {
    const ids = EVERY_KIND.map(({ vulnerabilityId }) => vulnerabilityId);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([...new Set(ids)]);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(run.tool.driver.rules[0]).toMatchObject({
      id: 'CVE-2024-1000',
      helpUri: 'https://nvd.nist.gov/vuln/detail/CVE-2024-1000',
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.8', tags: ['security', 'vulnerability', 'external/cwe/cwe-502', 'kev'] },
    });
  });

  it('has no security-severity where nobody has scored it', () => {
    const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === 'CVE-2024-1001');
    expect(rule.properties).not.toHaveProperty('security-severity');
  });

  it('says in sentences what is to be done, and where it was seen', () => {
    expect(resultOf('f1')).toMatchObject({
      kind: 'fail',
      level: 'error',
      message: {
        text: 'CVE-2024-1000 in log4j-core 2.14.1 on Shop front: Critical. Remediation: 14 days by 2026-03-15. Why: exploited since 2024-02-01, ransomware, partial impact. Update the example.',
      },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'app/pom.xml' }, region: { startLine: 12 } },
          logicalLocations: [
            {
              name: 'log4j-core',
              kind: 'package',
              fullyQualifiedName: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
            },
            { name: 'Shop front', kind: 'asset' },
          ],
        },
      ],
    });
    expect(resultOf('f2').locations[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: 'report.json' } },
      logicalLocations: [
        { name: 'log4j-core', kind: 'package', fullyQualifiedName: 'cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*' },
        { fullyQualifiedName: '/vulnerabilities/0', kind: 'element' },
      ],
    });
    expect(resultOf('f3').locations[0].physicalLocation.artifactLocation.uri).toBe('db-1');
    expect(resultOf('f4')).not.toHaveProperty('locations');
  });

  it.each([
    ['f5', 'review', 'none', undefined],
    ['f6', 'review', 'none', undefined],
    ['f9', 'notApplicable', 'none', 'VEX: never called'],
    ['f11', 'pass', 'none', undefined],
    ['f14', 'fail', 'error', 'Risk accepted: by Ann, approved by Bo, until 2026-06-01: Behind a proxy'],
    ['f16', 'fail', 'note', undefined],
  ])('%s is of the kind %s and the level %s, suppressed: %s', (id, kind, level, justification) => {
    const result = resultOf(id);
    expect([result.kind, result.level, result.suppressions?.[0]?.justification]).toEqual([kind, level, justification]);
  });

  it('tells gaps and warnings of the run', () => {
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', descriptor: { id: 'gap/epss' }, message: { text: 'CVE-2024-1001: epss: HTTP 503' } },
      {
        level: 'warning',
        descriptor: { id: 'gap/intake' },
        message: { text: 'intake: report.json: an entry cannot be read' },
      },
      { level: 'note', message: { text: 'a warning' } },
    ]);
  });
});
