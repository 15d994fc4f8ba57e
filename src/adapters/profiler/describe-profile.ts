import type { ProfileReading, Slice } from './cpu-profile.ts';
import type { Recording } from './start-profiler.ts';
import { type FunctionTime, sumByFunction } from './sum-by-function.ts';

/** A part of the run, milliseconds from the profile's beginning; parts may go on at the same time. */
export interface Part {
  readonly name: string;
  readonly startMs: number;
  /** Null: it was not finished. */
  readonly endMs: number | null;
}

/** What was waited for outside: how often, and how long all of it together; it may have gone on at the same time. */
export interface OutsideWait {
  readonly name: string;
  readonly count: number;
  readonly ms: number;
}

const SHOWN = 20;
const MIB = 1024 * 1024;

/** The profile for people: where the time went, stage by stage and function by function. */
export function describeProfile(
  { wallMs, cpuMs, peakMemoryBytes, heapStatistics }: Omit<Recording, 'cpu' | 'heap'>,
  { root, slices }: ProfileReading,
  parts: readonly Part[],
  outside: readonly OutsideWait[],
): string {
  const busyMs = busyWithin(slices, 0, Number.POSITIVE_INFINITY);
  const functions = sumByFunction(root);
  return [
    `Wall time ${ms(wallMs)}: the main thread was busy for ${ms(busyMs)} (computing, in the store, or in turn for the processor) and waited for ${ms(Math.max(0, wallMs - busyMs))}.`,
    `CPU of the process ${ms(cpuMs)}, of which other threads (scoring, reading, compiler, garbage collector) ${ms(Math.max(0, cpuMs - busyMs))}.`,
    `Memory: ${mib(peakMemoryBytes)} at the most; heap ${mib(heapStatistics.used_heap_size)} at the end, limit ${mib(heapStatistics.heap_size_limit)}.`,
    '',
    'Stages (busy and waiting are those of the main thread meanwhile; stages that went on at the same time share them)',
    row(['', 'begin', 'wall', 'busy', 'waiting']),
    ...parts.map((part) => describePart(part, slices, wallMs)),
    '',
    'Outside (requests that went on at the same time each count in full)',
    row(['', 'times', 'together', 'each', '']),
    ...outside.map(({ name, count, ms: all }) => row([name, String(count), ms(all), ms(all / Math.max(1, count)), ''])),
    '',
    ...describeTop('The most time in the function itself', functions, ({ selfMs }) => selfMs, busyMs),
    '',
    ...describeTop('The most time with all that it called', functions, ({ totalMs }) => totalMs, busyMs),
    '',
  ].join('\n');
}

/** How long the thread was busy between two moments. */
export function busyWithin(slices: readonly Slice[], fromMs: number, toMs: number): number {
  return slices.reduce(
    (sum, { startMs, endMs, isBusy }) =>
      isBusy ? sum + Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs)) : sum,
    0,
  );
}

function describePart({ name, startMs, endMs }: Part, slices: readonly Slice[], wallMs: number): string {
  const end = endMs ?? wallMs;
  const busy = busyWithin(slices, startMs, end);
  const times = [startMs, end - startMs, busy, Math.max(0, end - startMs - busy)].map(ms);
  return row([endMs === null ? `${name} (unfinished)` : name, ...times]);
}

function describeTop(
  title: string,
  functions: readonly FunctionTime[],
  by: (time: FunctionTime) => number,
  busyMs: number,
): string[] {
  const top = functions.toSorted((left, right) => by(right) - by(left)).slice(0, SHOWN);
  return [
    title,
    ...top.map((time) => {
      const { name, module, line } = time.place;
      const share = busyMs > 0 ? `${((by(time) / busyMs) * 100).toFixed(1)} %` : '';
      const where = module === '' ? '' : `  ${module}${line > 0 ? `:${line}` : ''}`;
      return `${ms(by(time)).padStart(10)} ${share.padStart(7)}  ${name}${where}`;
    }),
  ];
}

function row([first = '', ...rest]: readonly string[]): string {
  return `${first.padEnd(28)}${rest.map((cell) => cell.padStart(11)).join('')}`.trimEnd();
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}
