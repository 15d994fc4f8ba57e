import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { CallTree, Place } from '../../src/adapters/profiler/cpu-profile.ts';
import { drawFlameGraph } from '../../src/adapters/profiler/flame-graph.ts';

const place = (name: string, module = 'src/a.ts'): Place => ({ name, module, line: 1 });

describe('a flame graph', () => {
  it('is well-formed whatever functions are called', () => {
    const root: CallTree = {
      place: place('<script>alert("x")</script>&\u0000\u001b[31m'),
      selfMs: 1,
      totalMs: 1,
      children: [],
    };
    const svg = drawFlameGraph(root, 'a < b');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(() => new XMLParser({ ignoreAttributes: false }).parse(svg, true)).not.toThrow();
  });

  it('stays bounded', () => {
    let deep: CallTree = { place: place('leaf'), selfMs: 1, totalMs: 1, children: [] };
    for (let depth = 0; depth < 1000; depth += 1)
      deep = { place: place(`f${depth}`), selfMs: 0, totalMs: 1, children: [deep] };
    const leaves = Array.from(
      { length: 50_000 },
      (_, index): CallTree => ({ place: place(`g${index}`), selfMs: 1, totalMs: 1, children: [] }),
    );
    const wide: CallTree = { place: place('all'), selfMs: 0, totalMs: 50_001, children: [deep, ...leaves] };
    expect(drawFlameGraph(wide, 'wide').length).toBeLessThan(2_000_000);
    expect(drawFlameGraph(deep, 'deep').match(/<g>/g)?.length).toBeLessThanOrEqual(151);
  });

  it('is drawn of a run in which nothing happened', () => {
    expect(drawFlameGraph({ place: place('all', ''), selfMs: 0, totalMs: 0, children: [] }, 'nothing')).toContain(
      '</svg>',
    );
  });
});
