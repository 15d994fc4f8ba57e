import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCvssVector } from '../../../test/support/arbitrary-cvss-vector.ts';
import { parseCvssVector } from './cvss-vector.ts';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H';
const V20 = 'AV:N/AC:L/Au:N/C:C/I:C/A:C';

describe('valid CVSS vectors', () => {
  it.each([
    ['2.0', V20, V20],
    ['2.0', `(${V20})`, V20],
    ['2.0', `${V20}/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H`, `${V20}/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H`],
    ['3.0', 'CVSS:3.0/S:U/AV:N/AC:L/PR:H/UI:N/C:L/I:L/A:N/E:F', 'CVSS:3.0/AV:N/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:N/E:F'],
    ['3.1', 'CVSS:3.1/AC:L/AV:N/A:H/C:H/I:H/PR:N/S:C/UI:N', V31],
    ['3.1', `${V31}/RC:C/CR:X/MA:N`, `${V31}/RC:C/CR:X/MA:N`],
    ['4.0', `${V40}/E:A/MSA:S/S:P/U:Amber`, `${V40}/E:A/MSA:S/S:P/U:Amber`],
  ])('reads %s: %s', (version, given, canonical) => {
    expect(parseCvssVector(given)).toMatchObject({ ok: true, value: { version, text: canonical } });
  });

  it('names each metric', () => {
    const vector = parseCvssVector(V20);
    expect(vector).toMatchObject({ value: { metrics: { AV: 'N', AC: 'L', Au: 'N', C: 'C', I: 'C', A: 'C' } } });
  });

  it('accepts the longest vector of v4.0', () => {
    const rest = 'CR:X/IR:X/AR:X/MAV:X/MAC:X/MAT:X/MPR:X/MUI:X/MVC:X/MVI:X/MVA:X/MSC:X/MSI:X/MSA:X';
    expect(parseCvssVector(`${V40}/E:X/${rest}/S:X/AU:X/R:X/V:X/RE:X/U:Clear`).ok).toBe(true);
  });
});

describe('invalid CVSS vectors', () => {
  it.each([
    ['', /not a CVSS vector/],
    ['CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', /not a CVSS vector/],
    ['CVSS:2.0/AV:N/AC:L/Au:N/C:C/I:C/A:C', /not a CVSS vector/],
    [` ${V31}`, /not a CVSS vector/],
    [`${V31} `, /A has none of its values/],
    [`${V31}/`, /part 9 is not a metric/],
    [`${V31}//E:P`, /part 9 is not a metric/],
    [V31.toLowerCase(), /not a CVSS vector/],
    [V31.replace('/A:H', ''), /base metric A is missing/],
    [V31.replace('AV:N', 'AV:X'), /AV has none of its values N, A, L, P/],
    [V31.replace('AV:N', 'AV:N:N'), /part 1 is not a metric/],
    [V31.replace('PR:N', 'PR:U'), /PR has none of its values/],
    [`${V31}/AV:N`, /AV is given twice/],
    [`${V31}/AT:N`, /part 9 is not a metric of this version/],
    [`${V31}/__proto__:N`, /part 9 is not a metric/],
    [`${V31}/E:A`, /E has none of its values/],
    [V40.replace('AV:N/AC:L', 'AC:L/AV:N'), /AV comes too late/],
    [`${V40}/E:POC`, /E has none of its values/],
    [`(${V20}`, /not a metric/],
    [`${V20})`, /A has none of its values/],
    [`${V20}/E:F`, /threat metric RL is missing/],
    [`${V20}/CDP:H/TD:H/CR:H`, /environmental metric IR is missing/],
    [`${V31}/${'E:P/'.repeat(100)}`, /at most 256 characters/],
  ])('rejects %s', (given, reason) => {
    const vector = parseCvssVector(given);
    expect(vector).toEqual({ ok: false, error: expect.stringMatching(reason) });
  });

  it('repeats nothing hostile in its reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const given of [text, `${V31}/${text}`, V31.replace('AV:N', `AV:${text}`)]) {
          const vector = parseCvssVector(given);
          if (!vector.ok) expect(vector.error).toMatch(/^[ -~]+$/);
        }
      }),
    );
  });
});

describe('every CVSS vector', () => {
  it('is read again, in canonical form, as the same vector', () => {
    fc.assert(
      fc.property(arbitraryCvssVector(), (given) => {
        const vector = parseCvssVector(given);
        expect(vector.ok).toBe(true);
        if (vector.ok) expect(parseCvssVector(vector.value.text)).toEqual(vector);
      }),
    );
  });

  it('is rejected with a metric repeated', () => {
    fc.assert(
      fc.property(arbitraryCvssVector(), fc.nat(), (given, index) => {
        const parts = given.split('/');
        const repeated = parts[index % parts.length] ?? '';
        expect(parseCvssVector(`${given}/${repeated}`).ok).toBe(false);
      }),
    );
  });

  it('is rejected without any one of its base metrics', () => {
    fc.assert(
      fc.property(fc.constantFrom(V20, V31, V40), fc.nat(), (given, index) => {
        const parts = given.split('/');
        const rest = parts.filter((_, at) => at !== index % parts.length);
        expect(parseCvssVector(rest.join('/')).ok).toBe(false);
      }),
    );
  });
});
