import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { CVSS_GRAMMARS } from '../../src/domain/cvss/cvss-grammar.ts';
import { type CvssVector, parseCvssVector } from '../../src/domain/cvss/cvss-vector.ts';
import { severityOf } from '../../src/domain/cvss/severity.ts';
import { scoreCvss } from '../../src/scoring/cvss/score-cvss.ts';
import { describeWithTestData, readTestData } from '../support/test-data.ts';

/** Expected scores of one vector; null where the reference gives none. v4.0 has the overall score only. */
interface Expected {
  readonly vector: string;
  readonly scores: readonly (number | null)[];
}

const RED_HAT_FILES: readonly (readonly [string, number])[] = [
  ['vectors_calculator2', 3],
  ['vectors_calculator3', 1],
  ['vectors_cvsslib2', 12],
  ['vectors_cvsslib3', 15],
  ['vectors_security4', 27],
  ['vectors_simple2', 365],
  ['vectors_simple3', 1296],
  ['vectors_simple31', 1296],
  ['vectors_simple4', 529],
  ['vectors_supplemental4', 288],
  ['vectors_threat4', 3],
];

// Red Hat's library calculates in decimals, FIRST's v3.0 calculator in binary fractions and rounds up what is left over:
// 10.0 × 0.92 becomes 9.3 and 5.0 × 0.92 becomes 4.7 (the reason why v3.1, appendix A, redefined its rounding).
const FIRST_DIFFERS: ReadonlyMap<string, readonly (number | null)[]> = new Map([
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:L/RL:X/RC:U/CR:L/MAC:L/MS:C/MC:H/MI:L/MA:N', [10, 9.3, 7]],
  ['CVSS:3.0/AV:A/AC:H/PR:L/UI:R/S:U/C:N/I:L/A:H/RC:U/CR:X/MAV:L/MPR:X/MUI:X/MS:X/MC:X', [5.1, 4.7, 4.7]],
]);

describeWithTestData('CVSS scores of other implementations', () => {
  it.each(RED_HAT_FILES)("agree with Red Hat's %s (%i vectors)", (file, count) => {
    const expected = readTestData(`cvss/redhat/${file}`)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(toExpected);
    expect(expected).toHaveLength(count);
    for (const row of expected) expectScores(row);
  });

  it("agree on Red Hat's 2997 generated vectors, save where FIRST's calculator differs", () => {
    const rows = readRows('cvss/generated_temporal_environmental.csv');
    expect(rows).toHaveLength(2997);
    let differing = 0;
    for (const row of rows) {
      const vector = row['vector'] ?? '';
      const stated = ['base_or_overall', 'temporal', 'environmental'].map((name) => toScore(row[name] ?? ''));
      const first = FIRST_DIFFERS.get(vector);
      if (first !== undefined) {
        expect(first).not.toEqual(stated);
        differing += 1;
      }
      expectScores({ vector, scores: first ?? stated });
      expect(severityOf(read(vector).version, stated[0] ?? 0)).toBe(row['base_severity']?.toUpperCase());
    }
    expect(differing).toBe(FIRST_DIFFERS.size);
  });

  it("agree with go-cvss' expectations, which repeat the score before where a group is absent", () => {
    const rows = readRows('cvss/go_cvss_expected.csv');
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      const scores = scoreCvss(read(row['vector'] ?? ''));
      const stated = ['base_or_overall', 'temporal', 'environmental'].map((name) => toScore(row[name] ?? ''));
      const { baseScore, temporalScore, overallScore } = scores;
      const ours =
        stated[1] === null ? [overallScore, null, null] : [baseScore, temporalScore ?? baseScore, overallScore];
      expect({ vector: row['vector'], scores: ours }).toEqual({ vector: row['vector'], scores: stated });
    }
  });

  it('do not exist for invalid vectors', () => {
    const rows = readRows('cvss/invalid_vectors.csv');
    expect(rows).toHaveLength(4);
    for (const { vector } of rows) expect({ vector, ...parseCvssVector(vector ?? '') }).toMatchObject({ ok: false });
  });
});

function expectScores({ vector, scores }: Expected): void {
  const parsed = read(vector);
  const actual = scoreCvss(parsed);
  const ours =
    parsed.version === '4.0'
      ? [actual.overallScore]
      : [actual.baseScore, temporalOf(parsed, actual), environmentalOf(parsed, actual)];
  expect({ vector, scores: ours }).toEqual({ vector, scores: scores.slice(0, ours.length) });
}

type Scores = ReturnType<typeof scoreCvss>;

/** For v3.x the references give the base score as temporal score where no threat metric is defined. */
function temporalOf({ version }: CvssVector, { baseScore, temporalScore }: Scores): number | null {
  return version === '2.0' ? temporalScore : (temporalScore ?? baseScore);
}

/**
 * For v3.x the references evaluate the environmental equation even where no such metric is defined (for v3.1 with S:C it
 * then differs from the base score). CR:M weighs the same as CR:X and makes it defined.
 */
function environmentalOf(vector: CvssVector, { environmentalScore }: Scores): number | null {
  if (vector.version === '2.0' || environmentalScore !== null) return environmentalScore;
  return scoreCvss(read(`${vector.text.replace(/\/CR:X/, '')}/CR:M`)).environmentalScore;
}

function read(text: string): CvssVector {
  const vector = parseCvssVector(text);
  if (vector.ok) return vector.value;
  // Red Hat's library takes optional groups of v2.0 in part, which the guide (section 2.4) and one of the vectors to be
  // rejected do not allow; it counts what is missing as ND.
  if (vector.error.startsWith('CVSS 2.0 vector: ') && / metric \w+ is missing$/.test(vector.error))
    return readCompleted(text);
  throw new Error(`${text}: ${vector.error}`);
}

function readCompleted(text: string): CvssVector {
  const given = new Map(text.split('/').map((part) => [part.split(':')[0], part]));
  const begun = new Set(CVSS_GRAMMARS['2.0'].rules.filter(({ name }) => given.has(name)).map(({ group }) => group));
  const rules = CVSS_GRAMMARS['2.0'].rules.filter(({ group }) => begun.has(group));
  const vector = parseCvssVector(rules.map(({ name }) => given.get(name) ?? `${name}:ND`).join('/'));
  if (!vector.ok) throw new Error(`${text}: ${vector.error}`);
  return vector.value;
}

/** `VECTOR - (base, temporal, environmental)`; v4.0: `VECTOR - (score,)` or `VECTOR - score`. */
function toExpected(line: string): Expected {
  const [vector = '', scores = ''] = line.split(' - ');
  const numbers = scores
    .replace(/[()]/g, '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return { vector, scores: numbers.map(toScore) };
}

/** `None` and nothing are null; the references' `-0.0` is 0. */
function toScore(text: string): number | null {
  return text === '' || text === 'None' ? null : Number(text) + 0;
}

function readRows(path: string): readonly Readonly<Record<string, string>>[] {
  return parse(readTestData(path), { columns: true });
}
