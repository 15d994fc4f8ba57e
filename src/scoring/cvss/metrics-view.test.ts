import { describe, expect, it } from 'vitest';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { type MetricsView, viewMetrics } from './metrics-view.ts';

function viewOf(text: string): MetricsView {
  const vector = parseCvssVector(text);
  if (!vector.ok) throw new Error(vector.error);
  return viewMetrics(vector.value);
}

const WORST: MetricsView = {
  attackVector: 'network',
  attackComplexityLow: true,
  privilegesRequired: 'none',
  userInteraction: false,
  confidentiality: 'high',
  integrity: 'high',
  availability: 'high',
  anySystem: { confidentiality: 'high', integrity: 'high', availability: 'high' },
  scopeChanged: false,
  exploitMaturity: null,
};

const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

describe('the view of a CVSS vector', () => {
  it('is the same for the same facts in every version', () => {
    expect(viewOf('AV:N/AC:L/Au:N/C:C/I:C/A:C')).toEqual(WORST);
    expect(viewOf('CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')).toEqual(WORST);
    expect(viewOf('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')).toEqual(WORST);
    expect(viewOf(V40)).toEqual(WORST);
  });

  it('reads v2.0', () => {
    expect(viewOf('AV:L/AC:M/Au:M/C:P/I:N/A:C/E:H/RL:ND/RC:ND')).toEqual({
      ...WORST,
      attackVector: 'local',
      attackComplexityLow: false,
      privilegesRequired: 'high',
      confidentiality: 'partial',
      integrity: 'none',
      anySystem: { confidentiality: 'partial', integrity: 'none', availability: 'high' },
      exploitMaturity: 'poc',
    });
    expect(viewOf('AV:A/AC:H/Au:S/C:C/I:C/A:C')).toMatchObject({ attackVector: 'adjacent', privilegesRequired: 'low' });
  });

  it('reads v3.1', () => {
    expect(viewOf('CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:L/I:N/A:H/E:U')).toEqual({
      ...WORST,
      attackVector: 'physical',
      attackComplexityLow: false,
      privilegesRequired: 'high',
      userInteraction: true,
      confidentiality: 'low',
      integrity: 'none',
      anySystem: { confidentiality: 'low', integrity: 'none', availability: 'high' },
      scopeChanged: true,
      exploitMaturity: 'unreported',
    });
  });

  it('reads v4.0, where attack requirements are part of what v3 calls complexity', () => {
    expect(viewOf(V40.replace('AT:N', 'AT:P')).attackComplexityLow).toBe(false);
    expect(viewOf(V40.replace('UI:N', 'UI:P')).userInteraction).toBe(true);
    expect(viewOf(V40.replace('SI:N', 'SI:L')).scopeChanged).toBe(true);
    expect(viewOf(V40.replace('VC:H', 'VC:L')).confidentiality).toBe('low');
    const onlyBeyond = viewOf('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:N/VA:N/SC:L/SI:H/SA:N');
    expect(onlyBeyond).toMatchObject({ confidentiality: 'none', integrity: 'none', scopeChanged: true });
    expect(onlyBeyond.anySystem).toEqual({ confidentiality: 'low', integrity: 'high', availability: 'none' });
  });

  it.each([
    ['A', 'attacked'],
    ['P', 'poc'],
    ['U', 'unreported'],
    ['X', null],
  ])('reads exploit maturity E:%s of v4.0 as %s', (value, maturity) => {
    expect(viewOf(`${V40}/E:${value}`).exploitMaturity).toBe(maturity);
  });

  it('leaves out what environmental metrics say of an asset', () => {
    expect(viewOf(`${V40}/MAV:L/MVC:N`)).toEqual(WORST);
  });
});
