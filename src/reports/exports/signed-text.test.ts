import { describe, expect, it } from 'vitest';
import { renderText, reportFinding, reportOf } from '../../../test/support/report-findings.ts';
import { renderCycloneDx } from './cyclonedx/render-cyclonedx.ts';
import { renderSarif } from './sarif/render-sarif.ts';
import { signedText } from './signed-text.ts';
import { stateOfFinding } from './vex-statement.ts';

const cite = (claim: string, evidence: string) => ({ claim, evidence, source: 'NVD', text: 'x' });
const NARRATIVE = {
  summary: 'A flaw in an example. It is old.',
  threat: 'It is exploited.',
  remediation: 'Update the example.',
  businessImpact: '',
  source: 'llm' as const,
  model: 'model-1',
  citations: [
    cite('A flaw in an example.', 'E10'),
    cite('A flaw in an example.', 'E2'),
    cite('It is exploited.', 'E3'),
    cite('Update the example.', 'E4'),
  ],
  notes: [],
};
const component = { purl: 'pkg:npm/a@1', cpe: null, name: 'a', installedVersion: '1', fixedVersion: null };
const finding = reportFinding({ narrative: NARRATIVE, component });

describe('prose in formats without markup', () => {
  it('says which model wrote it and what it cites, each field its own', () => {
    const by = (pieces: string) => `[written by a language model (model-1), evidence ${pieces}]`;
    expect(signedText(NARRATIVE.summary, NARRATIVE, 100)).toBe(`A flaw in an example. It is old. ${by('E2, E10')}`);
    expect(signedText('Uncited.', { ...NARRATIVE, model: null }, 100)).toBe(
      'Uncited. [written by a language model, citing no evidence]',
    );
  });

  it('is not signed where rules wrote it, or where there is none', () => {
    expect(signedText('By rules.', { ...NARRATIVE, source: 'rules', model: null }, 100)).toBe('By rules.');
    expect(signedText(' ', NARRATIVE, 100)).toBe('');
  });

  it('is signed in CycloneDX', async () => {
    const [vulnerability] = JSON.parse(await renderText(renderCycloneDx, reportOf([finding]))).vulnerabilities;
    expect(vulnerability.detail).toMatch(/It is old\. \[written by a language model \(model-1\), evidence E2, E10\]$/);
    expect(vulnerability.recommendation).toMatch(/evidence E4\]$/);
  });

  it('is signed in SARIF, in the help and in the message', async () => {
    const [run] = JSON.parse(await renderText(renderSarif, reportOf([finding]))).runs;
    expect(run.tool.driver.rules[0].help.text.match(/written by a language model \(model-1\), evidence/g)).toHaveLength(
      3,
    );
    expect(run.results[0].message.text).toMatch(/\[written by a language model \(model-1\), evidence E4\]$/);
  });

  it('is signed in the actions of VEX', () => {
    expect(stateOfFinding(finding).action).toContain('Update the example. [written by a language model (model-1)');
  });
});
