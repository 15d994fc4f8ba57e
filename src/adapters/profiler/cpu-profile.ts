import type { Profiler } from 'node:inspector';

/** A function, as people know it: its name and the module that it is in. */
export interface Place {
  readonly name: string;
  readonly module: string;
  /** 1-based; 0 where the engine itself is meant. */
  readonly line: number;
}

/** A function with what it called, merged over the whole run. Times in milliseconds. */
export interface CallTree {
  readonly place: Place;
  readonly selfMs: number;
  readonly totalMs: number;
  readonly children: readonly CallTree[];
}

/** A time in which something was done or nothing was, milliseconds from the profile's beginning. */
export interface Slice {
  readonly startMs: number;
  readonly endMs: number;
  readonly isBusy: boolean;
}

/** What a CPU profile says of the thread that it was taken of. */
export interface ProfileReading {
  readonly root: CallTree;
  readonly slices: readonly Slice[];
}

const US_PER_MS = 1000;
/** Where the engine has nothing to do. */
const IDLE = '(idle)';

/** Turns a function of the engine into one of the sources. */
export type LocatePlace = (frame: Profiler.ProfileNode['callFrame']) => Place;

interface Building {
  readonly place: Place;
  selfMs: number;
  readonly children: Map<string, Building>;
}

/** Reads a CPU profile: the tree of calls without idling, equal functions merged, and when the thread was busy. */
export function readCpuProfile(profile: Profiler.Profile, locate: LocatePlace): ProfileReading {
  const { selfMs, slices } = addUp(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const [first] = profile.nodes;
  const root: Building = { place: { name: 'all', module: '', line: 0 }, selfMs: 0, children: new Map() };
  const visit = (node: Profiler.ProfileNode, into: Building): void => {
    into.selfMs += selfMs.get(node.id) ?? 0;
    for (const id of node.children ?? []) {
      const child = nodes.get(id);
      if (child !== undefined && child.callFrame.functionName !== IDLE)
        visit(child, childOf(into, locate(child.callFrame)));
    }
  };
  if (first !== undefined) visit(first, root);
  return { root: finish(root), slices };
}

function addUp({ samples = [], timeDeltas = [], nodes }: Profiler.Profile) {
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === IDLE).map(({ id }) => id));
  const selfMs = new Map<number, number>();
  const slices: Slice[] = [];
  // A delta stands before its sample: what was seen lasted until the next one.
  let now = (timeDeltas[0] ?? 0) / US_PER_MS;
  for (const [index, id] of samples.entries()) {
    const ms = Math.max(0, timeDeltas[index + 1] ?? 0) / US_PER_MS;
    selfMs.set(id, (selfMs.get(id) ?? 0) + ms);
    slices.push({ startMs: now, endMs: now + ms, isBusy: !idle.has(id) });
    now += ms;
  }
  return { selfMs, slices };
}

function childOf({ children }: Building, place: Place): Building {
  const key = keyOf(place);
  const child = children.get(key) ?? { place, selfMs: 0, children: new Map() };
  children.set(key, child);
  return child;
}

function finish({ place, selfMs, children }: Building): CallTree {
  const finished = [...children.values()].map(finish).sort((left, right) => right.totalMs - left.totalMs);
  return { place, selfMs, children: finished, totalMs: finished.reduce((sum, { totalMs }) => sum + totalMs, selfMs) };
}

/** What tells functions apart. */
export function keyOf({ name, module, line }: Place): string {
  return `${name}\n${module}\n${line}`;
}
