import { describe, expect, it } from 'vitest';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { viewMetrics } from '../cvss/metrics-view.ts';
import { controlsInPath } from './controls.ts';

function view(text: string) {
  const vector = parseCvssVector(text);
  if (!vector.ok) throw new Error(vector.error);
  return viewMetrics(vector.value);
}

const REMOTE = view('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');
const LOCAL = view('CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H');
const MAILED = view('CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H');
const by = (...techniqueIds: string[]) =>
  techniqueIds.map((techniqueId) => ({
    techniqueId,
    role: 'exploitation' as const,
    source: 'mapping' as const,
    confidence: 0.9,
  }));
const derived = (confidence: number) => by('T1190').map((one) => ({ ...one, source: 'model' as const, confidence }));

describe('a control', () => {
  it.each([
    ['waf', REMOTE, by('T1190'), 'T1190'],
    ['waf', LOCAL, by('T1190'), null],
    ['waf', REMOTE, by('T1068'), null],
    ['mfa', REMOTE, by('T1133'), null],
    ['mfa', LOCAL, by('T1078.004'), 'T1078.004'],
    ['execution_prevention', LOCAL, by('T1190', 'T1068'), 'T1068'],
    ['intrusion_prevention', MAILED, by('T1566'), 'T1566'],
    ['intrusion_prevention', REMOTE, by('T1566'), null],
    ['network_segmentation', LOCAL, by('T1210'), null],
    ['exploit_protection', LOCAL, by('T1203'), 'T1203'],
    ['waf', null, by('T1190'), null],
  ] as const)('%s of %o by %j stops %s', (control, metrics, attack, technique) => {
    expect(controlsInPath([control], metrics, attack)).toMatchObject([{ control, technique }]);
  });

  it('is not in the path of what comes after exploitation', () => {
    const [found] = controlsInPath(
      ['waf'],
      REMOTE,
      by('T1190').map((one) => ({ ...one, role: 'primary_impact' as const })),
    );
    expect(found?.technique).toBeNull();
  });

  it('counts by a derived technique that is likelier than not, and tells how likely', () => {
    const of = (attack: Parameters<typeof controlsInPath>[2]) => controlsInPath(['waf'], REMOTE, attack)[0];
    expect(of(derived(0.55))).toMatchObject({ technique: 'T1190', confidence: 0.55 });
    expect(of(derived(0.49))).toMatchObject({ technique: null, confidence: null });
    expect(of([...derived(0.99), ...by('T1190')])).toMatchObject({ technique: 'T1190', confidence: null });
  });
});
