import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unavailable } from '../../../test/support/cve-facts.ts';
import { type LossInputs, lossCase, TERMS } from '../../../test/support/loss-cases.ts';
import { Loss } from '../../domain/assessment/loss-schema.ts';
import { estimateLoss } from './estimate-loss.ts';
import { lognormalOf } from './magnitude.ts';
import { threeDigits } from './significant-digits.ts';

const lossOf = (inputs: LossInputs, terms = TERMS): Loss => {
  const { loss } = estimateLoss(lossCase(inputs), terms);
  if (loss === null) throw new Error('no loss');
  return Loss.parse(loss);
};

/** Rate × susceptibility × mean loss, of what the result says of itself. */
function closedForm({ frequencyPerYear, susceptibility, magnitude }: Loss): number {
  const { mu, sigma } = lognormalOf({ low: magnitude.p5, high: magnitude.p95 });
  return frequencyPerYear * susceptibility * Math.exp(mu + sigma ** 2 / 2);
}

const INPUTS = fc.record({
  findingId: fc.string({ minLength: 1, maxLength: 20 }),
  epss: fc.integer({ min: 0, max: 10_000 }).map((steps) => steps / 10_000),
  isListed: fc.boolean(),
  exposure: fc.constantFrom('open', 'controlled', 'small', null),
  low: fc.integer({ min: 1, max: 1_000_000 }),
  susceptibility: fc.integer({ min: 0, max: 1000 }).map((steps) => steps / 1000),
  spread: fc.integer({ min: 1, max: 1000 }),
});
const CASES = INPUTS.map(({ spread, ...rest }) => ({ ...rest, high: rest.low * spread }));

/** A hundred cases at four standard errors: one in sixteen thousand is outside by chance, so the cases are the same each time. */
const FIXED = { seed: 9, numRuns: 100 };

describe('the loss of a finding', () => {
  it('is expected to be rate × susceptibility × mean loss, to four standard errors', () => {
    fc.assert(
      fc.property(CASES, (inputs) => {
        const loss = lossOf(inputs);
        expect(Math.abs(loss.ale - closedForm(loss))).toBeLessThanOrEqual(4 * loss.standardError);
      }),
      FIXED,
    );
  });

  it('has ordered percentiles, a falling curve, and a shortfall that is no less than the value at risk', () => {
    fc.assert(
      fc.property(CASES, (inputs) => {
        const { p50, p90, p95, var95, es95, lossExceedance } = lossOf(inputs);
        expect([p50, p90, p95]).toEqual([p50, p90, p95].sort((one, other) => one - other));
        expect(var95).toBe(p95);
        expect(es95).toBeGreaterThanOrEqual(var95);
        for (const [place, point] of lossExceedance.entries()) {
          const before = lossExceedance[place - 1] ?? point;
          expect(point.loss).toBeGreaterThanOrEqual(before.loss);
          expect(point.probability).toBeLessThanOrEqual(before.probability);
        }
      }),
      FIXED,
    );
  });

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(CASES, (inputs) => {
        expect(lossOf(inputs)).toEqual(lossOf(inputs));
      }),
      { ...FIXED, numRuns: 10 },
    );
  });

  it('is higher where attempts are more, or an event costs more', () => {
    fc.assert(
      fc.property(CASES, (any) => {
        const inputs = { ...any, isListed: false };
        fc.pre(inputs.epss > 0.001 && inputs.epss < 0.5 && inputs.susceptibility > 0.001);
        const loss = lossOf(inputs);
        // Four times the probability is more than chance can hide at this many years.
        expect(lossOf({ ...inputs, epss: Math.min(1, inputs.epss * 4), isListed: true }).ale).toBeGreaterThanOrEqual(
          loss.ale,
        );
        expect(lossOf({ ...inputs, high: inputs.high * 3, low: inputs.low * 3 }).ale).toBeGreaterThan(loss.ale);
      }),
      FIXED,
    );
  });

  it('is what it costs where low is high', () => {
    const loss = lossOf({ low: 50_000, high: 50_000, epss: 0.02, susceptibility: 1 });
    expect(loss.magnitude).toEqual({ distribution: 'lognormal', p5: 50_000, p95: 50_000, mode: null });
    expect(loss.p95).toBe(50_000);
    expect(Math.abs(loss.ale - 0.246 * 50_000)).toBeLessThanOrEqual(4 * loss.standardError);
  });

  it('is null, and says so, where nothing is known of the probability', () => {
    const { loss, unknowns } = estimateLoss(lossCase({ epss: null, exposure: 'open' }), TERMS);
    expect(loss).toBeNull();
    // At worst 0.99 in 30 days: 56 attempts × 0.1 × 266,400.
    expect(unknowns).toEqual([{ name: 'epss', affects: 'loss.ale', ifWorse: 'USD 1,490,000', ifBetter: 'USD 0' }]);
  });

  it('is told of a listed vulnerability without EPSS, which stays unknown', () => {
    const { loss, unknowns } = estimateLoss(lossCase({ epss: null, isListed: true }), TERMS);
    expect(loss?.frequencyPerYear).toBeCloseTo(8.433, 3);
    expect(unknowns.map(({ name }) => name)).toEqual(['epss']);
  });

  it('names what was not read: whether it is listed, and the exposure', () => {
    const one = lossCase({ exposure: null });
    const { unknowns, loss } = estimateLoss({ ...one, facts: { ...one.facts, kev: unavailable } }, TERMS);
    expect(unknowns.map(({ name }) => name)).toEqual(['kev', 'exposure']);
    expect(loss?.assumptions.join('\n')).toContain('whether CISA lists it could not be read, taken as no');
    expect(loss?.assumptions.join('\n')).toContain('exposure unknown, taken as open');
  });

  it('is null where nobody says what an event costs', () => {
    const one = { ...lossCase(), asset: { eventLoss: null, susceptibility: null }, criticality: 5 };
    expect(estimateLoss(one, TERMS)).toEqual({ loss: null, unknowns: [] });
    const policy = { ...TERMS.policy, bands: { '5': { low: 1_000, high: 9_000 } } };
    const { loss } = estimateLoss(one, { ...TERMS, policy });
    expect(loss?.magnitude).toMatchObject({ p5: 1_000, p95: 9_000 });
    expect(loss?.assumptions.join('\n')).toContain("the configuration's band for criticality 5");
  });

  it('states its default susceptibility and each factor', () => {
    const stated = lossOf({ isListed: true, exposure: 'small' }).assumptions.join('\n');
    expect(stated).toContain('susceptibility 0.1: our default, an assumption');
    expect(stated).toContain('raised for CISA KEV by 0.5 of what is left to 1 (assumption)');
    expect(stated).toContain('× 0.3 for exposure small (assumption)');
  });

  it('is less by half for each control in the path of the vulnerability, unless the asset says its own susceptibility', () => {
    const loss = lossOf({ controls: ['waf', 'sandboxing'] });
    expect(loss.susceptibility).toBe(0.025);
    expect(loss.assumptions.join('\n')).toContain('× 0.5 for each control in its path (assumption): waf, sandboxing');
    expect(lossOf({ controls: ['waf'], susceptibility: 0.3 }).susceptibility).toBe(0.3);
  });

  it('is that of the example in docs/guide/money.md', () => {
    const { loss } = estimateLoss(lossCase(), TERMS);
    if (loss === null) throw new Error('no loss');
    expect([threeDigits(loss.frequencyPerYear), loss.susceptibility]).toEqual([1.28, 0.1]);
    expect(closedForm(loss)).toBeCloseTo(34_100, -2);
    const guide = readFileSync(new URL('../../../docs/guide/money.md', import.meta.url), 'utf8');
    expect(guide).toContain('0.128 × 266,000 = USD 34,100 a year');
  });

  it('simulates fewer years in a run of very many, and says so', () => {
    const loss = lossOf({ epss: 0.94, isListed: true }, { ...TERMS, simulations: 100_000 });
    expect(loss.iterations).toBe(250);
    expect(loss.assumptions.at(-1)).toContain('250 simulated years with at least one event, fewer than the usual');
    expect(Math.abs(loss.ale - closedForm(loss))).toBeLessThanOrEqual(4 * loss.standardError);
  });

  it('stays finite at the bounds of what is taken for a loss', () => {
    const loss = lossOf({ low: 0.01, high: 1e15, epss: 1, susceptibility: 1 });
    for (const figure of [loss.ale, loss.standardError, loss.es95]) expect(Number.isFinite(figure)).toBe(true);
  });
});
