import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CostLine } from '../domain/language-model/cost-line.ts';
import { NO_TOKENS } from '../domain/language-model/token-usage.ts';
import { checkAge, diagnose } from './doctor.ts';
import { nextSteps } from './next-steps.ts';
import { nvdWaitOf, overlapOf, type PastRun, type PastRuns, savedByPromptCache, savedByTiers } from './past-runs.ts';
import { GUIDE_SCALING, listQuickWins, type QuickWinFacts, UNKNOWN_YET } from './quick-wins.ts';

const run = (over: { nvd?: number; calls?: number; findings?: number; hits?: number; misses?: number } = {}): PastRun =>
  ({
    usage: {
      llm: { calls: over.calls ?? 0 },
      http: { nvd: over.nvd ?? 0 },
      cache: { hits: over.hits ?? 0, misses: over.misses ?? 0 },
    },
    timings: {
      totalMs: 3000,
      stages: [
        { name: 'vulnerability', startMs: 0, endMs: 2000 },
        { name: 'threat', startMs: 500, endMs: 2500 },
      ],
    },
    summary: { counts: { Critical: over.findings ?? 0, High: 0, Medium: 0, Low: 0 } },
  }) as unknown as PastRun;

const line = (key: string, usage: Partial<CostLine['usage']>, costUsd: number | null): CostLine => ({
  key,
  calls: 1,
  usage: { ...NO_TOKENS, ...usage },
  costUsd,
  refusals: 0,
  unfinished: { calls: 0, mostUsd: 0 },
});

const past = (over: Partial<PastRuns> = {}): PastRuns => ({ runs: [run()], spent: [], ...over });

describe('what past runs tell', () => {
  it('of agents that work at the same time', () => {
    expect(overlapOf(past({ runs: [run(), run()] }))).toEqual({ overlapMs: 3000, totalMs: 6000 });
  });

  it.each([
    [0, 0, 0],
    [5, 0, 0],
    [6, 0, 30],
    [100, 0, 570],
    [100, 1, 30],
    [100, 2, 0],
    [101, 2, 30],
  ])('of %i requests to NVD with %i keys: %i s', (nvd, keys, wait) => {
    expect(nvdWaitOf(past({ runs: [run({ nvd })] }), keys)).toBe(wait);
  });

  it('of the prompt cache: what reading saves less what writing costs', () => {
    const spent = [line('claude-sonnet-5-5', { cacheRead: 1_000_000, cacheWrite5m: 1_000_000 }, 1)];
    // Read at 0.10 in the place of 2; written at 1.25 times the price of input.
    expect(savedByPromptCache(past({ spent }))).toBeCloseTo(1.9 - 0.5, 10);
    expect(savedByPromptCache(past({ spent: [line('unheard-of', { cacheRead: 1 }, null)] }))).toBeNull();
    expect(savedByPromptCache(past({ spent: [line('unheard-of', { input: 1 }, null)] }))).toBe(0);
  });

  it('of models by task: the same tokens at the price of the balanced one', () => {
    const spent = [line('claude-haiku-5-5', { input: 50_000, output: 10_000 }, 0.01)];
    expect(savedByTiers(past({ spent }), 'claude-sonnet-5-5')).toBeCloseTo(0.1 + 0.1 - 0.01, 10);
    expect(savedByTiers(past({ spent }), 'unheard-of')).toBeNull();
    expect(savedByTiers(past({ spent: [line('x', {}, null)] }), 'claude-sonnet-5-5')).toBeNull();
  });
});

const FRESH: QuickWinFacts = {
  past: null,
  nvdKeys: 0,
  hasRedis: false,
  hasNvdMirror: false,
  workers: null,
  model: null,
  promptCache: null,
  knowledge: { documents: 0, passages: 0, embeddings: 0 },
  hasTracing: false,
  hasMetrics: false,
};
const MODEL = { balanced: 'claude-sonnet-5-5', hasTiers: true, maxCostUsd: 1, asksForCaching: true, hasBatches: true };
const winsOf = (facts: Partial<QuickWinFacts>) =>
  new Map(listQuickWins({ ...FRESH, ...facts }).map((win) => [win.name, win]));

describe('the checklist', () => {
  it('invents no number where nothing has run', () => {
    for (const none of [null, { runs: [], spent: [] }])
      for (const { name, saves, howTo } of winsOf({ past: none, model: MODEL }).values()) {
        expect(howTo).not.toBe('');
        if (name !== 'workers on several machines') expect(saves, name).not.toMatch(/\d/);
      }
  });

  it('says of another machine that it is another one, with the figures of the guide', () => {
    const saves = winsOf({}).get('workers on several machines')?.saves;
    expect(saves).toMatch(/^not known here; on the machine of docs\/guide\/scale\.md, .*1\.99 ×.*3\.86 ×/);
    expect(readFileSync('docs/guide/scale.md', 'utf8')).toContain(`| ${GUIDE_SCALING.join(', ')} |`);
  });

  it('computes from past runs what there is to compute', () => {
    const runs = [run({ nvd: 100, calls: 10, findings: 50, hits: 3, misses: 1 })];
    const spent = [line('claude-haiku-5-5', { input: 50_000, output: 10_000, cacheRead: 1_000_000 }, 0.02)];
    const wins = winsOf({
      past: { runs, spent },
      model: MODEL,
      promptCache: { asked: 9, effective: 8 },
      hasRedis: true,
    });
    const saves = (name: string) => wins.get(name)?.saves;
    expect(saves('response cache')).toBe('3 of 4 look-ups of the last assessment');
    expect(saves('NVD API key')).toBe('540 s of waiting of the last assessment (100 requests)');
    expect(saves('several NVD API keys')).toBe('30 s of waiting of the last assessment (100 requests)');
    expect(saves('many findings a call of the model')).toBe('90 of 100 calls of the last assessment');
    expect(saves('prompt caching')).toBe('USD 0.09 so far');
    expect(saves('economy batches')).toBe('at most USD 0.01 so far');
    expect(saves('vulnerability and threat agents in parallel')).toContain('up to 1.5 s on top of the 3.0 s');
    expect(wins.get('cost cap')?.on).toBe(true);
  });

  it('does not know what a price that is not known saves', () => {
    const spent = [line('llama3', { input: 1 }, null)];
    const wins = winsOf({ past: past({ spent }), model: { ...MODEL, balanced: 'llama3', hasBatches: false } });
    expect(wins.get('fast, balanced and deep models by task')?.saves).toBe(UNKNOWN_YET);
    expect(wins.get('economy batches')?.saves).toContain('this provider has none');
  });
});

describe('what to do next', () => {
  it('is five lines for a newcomer, and none where all is done', () => {
    expect(nextSteps([], FRESH)).toHaveLength(5);
    const knowledge = { documents: 1, passages: 1, embeddings: 1 };
    expect(nextSteps([], { ...FRESH, past: past(), nvdKeys: 1, hasNvdMirror: true, model: MODEL, knowledge })).toEqual(
      [],
    );
  });

  it('begins with what is broken', () => {
    const broken = { name: 'store', status: 'fail', detail: 'x', fix: 'make room' } as const;
    expect(nextSteps([broken], FRESH)).toHaveLength(5);
    expect(nextSteps([broken], FRESH)[0]).toBe('mend store: make room');
    expect(diagnose('1', [broken], [], []).ok).toBe(false);
    expect(diagnose('1', [{ ...broken, status: 'warn' }], [], []).ok).toBe(true);
  });
});

it('facts are old after their rhythm', () => {
  const now = new Date('2026-01-10T00:00:00Z');
  expect(checkAge('kev', 'KEV', '2026-01-08T00:00:00Z', 1, now).status).toBe('ok');
  expect(checkAge('kev', 'KEV', '2026-01-07T00:00:00Z', 1, now)).toMatchObject({
    status: 'warn',
    fix: 'eras sync kev',
  });
});
