import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCvssVector } from '../../domain/cvss/cvss-vector.ts';
import { AUTOMATABLE, EXPLOITATION, EXPOSURE, TECHNICAL_IMPACT } from '../../domain/ssvc/decision-points.ts';
import { type ImpactLevel, viewMetrics } from '../cvss/metrics-view.ts';
import { baseScore } from '../cvss/score-cvss.ts';
import { judgeRisk, type RiskInputs } from './judge-risk.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from './level.ts';

const LEVELS = ['Low', 'Medium', 'High', 'Critical'];
const IMPACTS = ['none', 'low', 'high'] as const satisfies readonly ImpactLevel[];

const judge = (inputs: RiskInputs) => judgeRisk(inputs, DEFAULT_LEVEL_THRESHOLDS);

/** Positions on each input's scale, mildest first: what "worse" means. */
interface Scale {
  readonly exploitation: number;
  readonly automatable: number;
  readonly technicalImpact: number;
  readonly exposure: number;
  readonly epss: number;
  readonly impacts: readonly [number, number, number];
  readonly scopeChanged: boolean;
  readonly criticality: number;
}

const scale: fc.Arbitrary<Scale> = fc.record({
  exploitation: fc.nat(2),
  automatable: fc.nat(1),
  technicalImpact: fc.nat(1),
  exposure: fc.nat(2),
  epss: fc.double({ min: 0, max: 1, noNaN: true }),
  impacts: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
  scopeChanged: fc.boolean(),
  criticality: fc.integer({ min: 1, max: 5 }),
});

function toInputs(at: Scale): RiskInputs {
  const pick = <Value>(values: readonly Value[], index: number): Value => values[index] ?? (values[0] as Value);
  const [confidentiality, integrity, availability] = at.impacts.map((index) => pick(IMPACTS, index)) as [
    ImpactLevel,
    ImpactLevel,
    ImpactLevel,
  ];
  return {
    decision: {
      exploitation: [pick(EXPLOITATION, at.exploitation)],
      automatable: [pick(AUTOMATABLE, at.automatable)],
      technicalImpact: [pick(TECHNICAL_IMPACT, at.technicalImpact)],
      exposure: [pick(EXPOSURE, at.exposure)],
    },
    epss: at.epss,
    view: { anySystem: { confidentiality, integrity, availability }, scopeChanged: at.scopeChanged },
    viewMayBeWorse: false,
    baseScore: 5,
    criticality: at.criticality,
  };
}

const worseOf = (left: Scale, right: Scale): Scale => ({
  exploitation: Math.max(left.exploitation, right.exploitation),
  automatable: Math.max(left.automatable, right.automatable),
  technicalImpact: Math.max(left.technicalImpact, right.technicalImpact),
  exposure: Math.max(left.exposure, right.exposure),
  epss: Math.max(left.epss, right.epss),
  impacts: left.impacts.map((impact, index) => Math.max(impact, right.impacts[index] ?? 0)) as [number, number, number],
  scopeChanged: left.scopeChanged || right.scopeChanged,
  criticality: Math.max(left.criticality, right.criticality),
});

describe('judgeRisk', () => {
  it('is monotone: a worse input never lowers score or priority', () => {
    fc.assert(
      fc.property(scale, scale, (one, other) => {
        const [mild, worse] = [judge(toInputs(one)), judge(toInputs(worseOf(one, other)))];
        expect(worse.score).toBeGreaterThanOrEqual(mild.score);
        expect(worse.priority).toBeGreaterThanOrEqual(mild.priority);
      }),
    );
  });

  it('is total, deterministic and within its ranges', () => {
    fc.assert(
      fc.property(scale, (at) => {
        const { likelihood, impact, score, priority } = judge(toInputs(at));
        expect(score).toBe(likelihood * impact);
        expect(likelihood >= 1 && likelihood <= 5 && impact >= 1 && impact <= 5).toBe(true);
        expect(priority >= 0 && priority <= 100).toBe(true);
        expect(judge(toInputs(at))).toEqual(judge(toInputs(at)));
      }),
    );
  });

  it('never lowers a level when an input goes missing, and names it', () => {
    const forget: readonly [string, (inputs: RiskInputs) => RiskInputs][] = [
      ['epss', (inputs) => ({ ...inputs, epss: null })],
      ['cvss', (inputs) => ({ ...inputs, view: null, baseScore: null })],
      ['criticality', (inputs) => ({ ...inputs, criticality: null })],
      ['exploitation', (inputs) => ({ ...inputs, decision: { ...inputs.decision, exploitation: EXPLOITATION } })],
      ['automatable', (inputs) => ({ ...inputs, decision: { ...inputs.decision, automatable: AUTOMATABLE } })],
      [
        'technicalImpact',
        (inputs) => ({ ...inputs, decision: { ...inputs.decision, technicalImpact: TECHNICAL_IMPACT } }),
      ],
      ['exposure', (inputs) => ({ ...inputs, decision: { ...inputs.decision, exposure: EXPOSURE } })],
    ];
    fc.assert(
      fc.property(scale, fc.constantFrom(...forget), (at, [name, without]) => {
        const known = judge(toInputs(at));
        const unknown = judge(without(toInputs(at)));
        expect(LEVELS.indexOf(unknown.level)).toBeGreaterThanOrEqual(LEVELS.indexOf(known.level));
        const entry = unknown.unknowns.find((one) => one.name === name);
        expect(entry?.ifWorse).toBe(unknown.level);
        expect(LEVELS.indexOf(entry?.ifBetter ?? '')).toBeLessThanOrEqual(LEVELS.indexOf(known.level));
      }),
    );
  });

  it('reaches every level', () => {
    const reached = new Set<string>();
    for (const exploitation of [0, 1, 2])
      for (const epss of [0, 0.05, 0.2, 0.9])
        for (const impact of [0, 1, 2])
          for (const exposure of [0, 1, 2]) {
            const at = {
              exploitation,
              automatable: 1,
              technicalImpact: 0,
              exposure,
              epss,
              scopeChanged: false,
              criticality: 3,
            };
            reached.add(judge(toInputs({ ...at, impacts: [impact, impact, impact] })).level);
          }
    expect([...reached].sort()).toEqual([...LEVELS].sort());
  });

  it('calls every KEV-listed CVSS 10 on an exposed asset Critical, whatever the asset is worth', () => {
    let tens = 0;
    for (const [c, i, a] of allTriples(['N', 'L', 'H'])) {
      for (const scope of ['U', 'C']) {
        const vector = parseCvssVector(`CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:${scope}/C:${c}/I:${i}/A:${a}`);
        if (!vector.ok || baseScore(vector.value) < 10) continue;
        tens += 1;
        for (const technicalImpact of TECHNICAL_IMPACT)
          for (const criticality of [1, 2, 3, 4, 5]) {
            const decision = {
              exploitation: ['active'],
              automatable: ['no'],
              technicalImpact: [technicalImpact],
              exposure: ['open'],
            } as const;
            const inputs = {
              decision,
              epss: 0,
              view: viewMetrics(vector.value),
              viewMayBeWorse: false,
              baseScore: 10,
              criticality,
            };
            expect(judge(inputs).level).toBe('Critical');
          }
      }
    }
    expect(tens).toBeGreaterThan(0);
  });
});

function allTriples<Value>(values: readonly Value[]): [Value, Value, Value][] {
  return values.flatMap((a) => values.flatMap((b) => values.map((c): [Value, Value, Value] => [a, b, c])));
}
