import { type CallTree, keyOf, type Place } from './cpu-profile.ts';

/** What a function took over the whole run, milliseconds: by itself, and with everything that it called. */
export interface FunctionTime {
  readonly place: Place;
  readonly selfMs: number;
  readonly totalMs: number;
}

/** Every function with its times. A function that calls itself counts once in its total. */
export function sumByFunction(root: CallTree): FunctionTime[] {
  const sums = new Map<string, { place: Place; selfMs: number; totalMs: number }>();
  const onPath = new Set<string>();
  const visit = ({ place, selfMs, totalMs, children }: CallTree): void => {
    const key = keyOf(place);
    const sum = sums.get(key) ?? { place, selfMs: 0, totalMs: 0 };
    sums.set(key, sum);
    const isOutermost = !onPath.has(key);
    sum.selfMs += selfMs;
    if (isOutermost) sum.totalMs += totalMs;
    onPath.add(key);
    for (const child of children) visit(child);
    if (isOutermost) onPath.delete(key);
  };
  for (const child of root.children) visit(child);
  return [...sums.values()];
}
