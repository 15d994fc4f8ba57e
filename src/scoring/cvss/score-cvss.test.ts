import calculator from 'ae-cvss-calculator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCvssVector } from '../../../test/support/arbitrary-cvss-vector.ts';
import type { CvssVersion } from '../../domain/cvss/cvss-metric.ts';
import { type CvssVector, parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { severityOf } from '../../domain/cvss/severity.ts';
import { baseScore, scoreCvss } from './score-cvss.ts';

function vectorOf(text: string): CvssVector {
  const vector = parseCvssVector(text);
  if (!vector.ok) throw new Error(vector.error);
  return vector.value;
}

// The examples of the v2.0 guide (section 3.3), of the v3.1 examples document and of FIRST's v4.0 calculator; the last
// of v2.0 needs its intermediate scores rounded, and those of v3.0 carry the binary fractions of FIRST's calculator.
const SCORES: readonly (readonly [string, number, number | null, number | null])[] = [
  ['AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C', 7.8, 6.4, null],
  ['AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H', 7.8, 6.4, 9.2],
  ['AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L', 10, 8.3, 9],
  ['AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C', 6.2, 4.9, null],
  ['AV:L/AC:H/Au:M/C:N/I:N/A:N', 0, null, null],
  ['AV:N/AC:L/Au:S/C:C/I:C/A:C/E:F/RL:U/RC:C', 9, 8.6, null],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, null, null],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:L/RC:U', 10, 9.3, null],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:L/RC:U', 10, 9.2, null],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10, null, null],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1, null, null],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N/E:X/CR:X', 7.5, null, null],
  ['CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, null, null],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10, null, null],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3, null, null],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:U', 10, 9.1, null],
  ['CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N/S:P', 1, null, null],
];

describe('CVSS scores', () => {
  it.each(SCORES)('%s: base %s, temporal %s, environmental %s', (text, base, temporal, environmental) => {
    const scores = scoreCvss(vectorOf(text));
    expect(scores).toMatchObject({
      baseScore: base,
      temporalScore: temporal,
      environmentalScore: environmental,
      overallScore: environmental ?? temporal ?? base,
    });
    expect(baseScore(vectorOf(text))).toBe(base);
  });

  it('are never negative zero', () => {
    expect(Object.is(baseScore(vectorOf('AV:L/AC:H/Au:M/C:N/I:N/A:N')), 0)).toBe(true);
  });

  it('lie between 0.0 and 10.0, with one decimal', () => {
    fc.assert(
      fc.property(arbitraryCvssVector(), (text) => {
        const { severity, ...scores } = scoreCvss(vectorOf(text));
        expect(severity).toBeTypeOf('string');
        for (const score of Object.values(scores).filter((score) => score !== null)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(10);
          expect(Number(score.toFixed(1))).toBe(score);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of v2.0 agree with the library on the base score of each of its 729 vectors', () => {
    const values = { AV: 'LAN', AC: 'HML', Au: 'MSN', C: 'NPC', I: 'NPC', A: 'NPC' };
    const vectors = Object.entries(values).reduce(
      (heads, [name, letters]) => heads.flatMap((head) => [...letters].map((letter) => `${head}/${name}:${letter}`)),
      [''],
    );
    expect(vectors).toHaveLength(729);
    for (const vector of vectors.map((text) => text.slice(1))) {
      const theirs = new calculator.Cvss2(vector).calculateScores().base ?? Number.NaN;
      expect({ vector, score: baseScore(vectorOf(vector)) }).toEqual({ vector, score: theirs + 0 });
    }
  });
});

describe('CVSS severity', () => {
  it.each<readonly [CvssVersion, Readonly<Record<string, number>>]>([
    ['3.0', { NONE: 0, LOW: 0.1, MEDIUM: 4, HIGH: 7, CRITICAL: 9 }],
    ['3.1', { NONE: 0, LOW: 3.9, MEDIUM: 6.9, HIGH: 8.9, CRITICAL: 10 }],
    ['4.0', { NONE: 0, LOW: 0.1, MEDIUM: 4, HIGH: 8.9, CRITICAL: 9 }],
    ['2.0', { LOW: 0, MEDIUM: 4, HIGH: 7 }],
    ['2.0', { LOW: 3.9, MEDIUM: 6.9, HIGH: 10 }],
  ])('of v%s: %o', (version, scores) => {
    for (const [severity, score] of Object.entries(scores)) expect(severityOf(version, score)).toBe(severity);
  });
});
