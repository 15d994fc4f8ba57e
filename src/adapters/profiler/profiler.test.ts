import type { Profiler } from 'node:inspector';
import { describe, expect, it } from 'vitest';
import { type Place, readCpuProfile } from './cpu-profile.ts';
import { busyWithin, describeProfile } from './describe-profile.ts';
import { createPlaceLocator } from './locate-places.ts';
import { sumByFunction } from './sum-by-function.ts';

const frame = (functionName: string) => ({ functionName, scriptId: '0', url: '', lineNumber: 0, columnNumber: 0 });
const place = (name: string, module = 'src/a.ts'): Place => ({ name, module, line: 1 });

/** main calls work, which calls itself; then the engine idles; then main again. Samples of 1, 2, 4, 8 and 16 ms. */
const PROFILE: Profiler.Profile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 5] },
    { id: 2, callFrame: frame('main'), children: [3] },
    { id: 3, callFrame: frame('work'), children: [4] },
    { id: 4, callFrame: frame('work') },
    { id: 5, callFrame: frame('(idle)') },
  ],
  startTime: 0,
  endTime: 31_000,
  samples: [2, 3, 4, 5, 2],
  timeDeltas: [0, 1000, 2000, 4000, 8000],
};
const read = (profile = PROFILE) => readCpuProfile(profile, ({ functionName }) => place(functionName));

describe('a CPU profile', () => {
  it('gives the tree of calls, without idling', () => {
    const { root } = read();
    expect(root.totalMs).toBe(7);
    expect(root.children).toHaveLength(1);
    expect(root.children[0]).toMatchObject({ selfMs: 1, totalMs: 7, place: { name: 'main' } });
    expect(root.children[0]?.children[0]).toMatchObject({ selfMs: 2, totalMs: 6 });
  });

  it('tells when the thread was busy', () => {
    const { slices } = read();
    expect(busyWithin(slices, 0, 100)).toBe(7);
    expect(busyWithin(slices, 7, 15)).toBe(0);
    expect(busyWithin(slices, 0.5, 5)).toBe(4.5);
  });

  it('counts a function that calls itself once', () => {
    const sums = Object.fromEntries(
      sumByFunction(read().root).map((one) => [one.place.name, [one.selfMs, one.totalMs]]),
    );
    expect(sums).toEqual({ main: [1, 7], work: [6, 6] });
  });

  it('is described stage by stage and function by function', () => {
    const text = describeProfile(
      {
        wallMs: 31,
        cpuMs: 12,
        peakMemoryBytes: 1 << 20,
        heapStatistics: { used_heap_size: 0, heap_size_limit: 0 } as never,
      },
      read(),
      [
        { name: 'scoring', startMs: 0, endMs: 15 },
        { name: 'report', startMs: 15, endMs: null },
      ],
      [{ name: 'nvd', count: 2, ms: 10 }],
    );
    expect(text).toContain('busy for 7.0 ms');
    expect(text).toMatch(/scoring +0\.0 ms +15\.0 ms +7\.0 ms +8\.0 ms/);
    expect(text).toMatch(/report \(unfinished\) +15\.0 ms +16\.0 ms/);
    expect(text).toMatch(/nvd +2 +10\.0 ms +5\.0 ms/);
    expect(text).toMatch(/6\.0 ms {2}85\.7 % {2}work {2}src\/a\.ts:1/);
  });
});

describe('places', () => {
  const locate = createPlaceLocator();
  it('name what has no map by its own names', () => {
    expect(locate({ ...frame(''), url: 'node:fs' })).toEqual({ name: '(anonymous)', module: 'node:fs', line: 1 });
    expect(locate({ ...frame('f'), url: 'file:///x/node_modules/a/b.js' })).toEqual({
      name: 'f',
      module: 'a/b.js',
      line: 1,
    });
    expect(locate(frame('(garbage collector)'))).toEqual({ name: '(garbage collector)', module: '', line: 0 });
  });
});
