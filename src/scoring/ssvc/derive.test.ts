import { describe, expect, it } from 'vitest';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { viewMetrics } from '../cvss/metrics-view.ts';
import { deriveAutomatable, deriveTechnicalImpact } from './derive.ts';

function derive(text: string) {
  const vector = parseCvssVector(text);
  const view = vector.ok ? viewMetrics(vector.value) : null;
  return { automatable: deriveAutomatable(view), technicalImpact: deriveTechnicalImpact(view) };
}

describe('SSVC values derived from a vector', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 'yes', 'total'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N', 'yes', 'total'],
    ['CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:H', 'no', 'partial'],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:H/A:H', 'no', 'partial'],
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 'no', 'total'],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H', 'no', 'partial'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N', 'yes', 'total'],
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:H/SA:H', 'no', 'partial'],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 'yes', 'total'],
    ['AV:N/AC:M/Au:N/C:P/I:P/A:P', 'no', null],
    ['AV:N/AC:L/Au:N/C:C/I:P/A:N', 'yes', null],
    ['AV:N/AC:L/Au:N/C:P/I:N/A:C', 'yes', 'partial'],
  ])('%s: automatable %s, technical impact %s', (text, automatable, technicalImpact) => {
    expect(derive(text)).toEqual({ automatable, technicalImpact });
  });

  it('are unknown without a vector', () => {
    expect(derive('n/a')).toEqual({ automatable: null, technicalImpact: null });
  });
});
