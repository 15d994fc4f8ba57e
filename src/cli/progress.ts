import type { Ora } from 'ora';
import type { AgentEvent } from '../domain/assessment/events.ts';
import { SOURCE_TITLES } from '../domain/source/source-titles.ts';
import { describeSourcePlan } from '../reports/render-plan.ts';
import { plainText } from '../reports/words.ts';

/** Shows on standard error what a run is doing. */
export interface Progress {
  show(event: AgentEvent): void;
  stop(): void;
}

/** How much is shown. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** A spinner on a terminal, unless something else is written there; elsewhere only what a reader of the log needs: warnings and long waits. */
export async function createProgress(verbosity: Verbosity, mayDraw = true): Promise<Progress> {
  if (verbosity === 'quiet') return { show: () => undefined, stop: () => undefined };
  const spinner = mayDraw ? await createSpinner() : null;
  const counts = new Map<string, string>();
  return {
    show(event) {
      const line = toLine(event, verbosity);
      if (line !== null) say(spinner, line);
      if (event.type === 'progress') counts.set(event.source, `${event.source} ${event.done}/${event.total}`);
      if (event.type === 'stage-end') counts.clear();
      if (spinner === null) return;
      if (event.type === 'stage-start') spinner.start(event.name);
      else if (event.type === 'progress') spinner.text = [...counts.values()].join(' · ');
    },
    stop: () => spinner?.stop(),
  };
}

/** A spinner on standard error, or null where it cannot be drawn; loaded only where it can, because that takes tens of milliseconds. */
export async function createSpinner(): Promise<Ora | null> {
  if (!canDraw(process.stderr)) return null;
  const { default: ora } = await import('ora');
  return ora({ stream: process.stderr, discardStdin: false });
}

/** A terminal that does not know its width (some pseudo-terminals say 0) cannot be drawn on: clearing a line would never end. */
export function canDraw(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): boolean {
  return stream.isTTY === true && stream.columns > 0;
}

/** A warning may name a few things, each of them bounded. */
const LONGEST_WARNING = 4000;

function toLine(event: AgentEvent, verbosity: Verbosity): string | null {
  if (event.type === 'warning') return `warning: ${plainText(event.message, LONGEST_WARNING)}`;
  if (event.type === 'waiting')
    return `waiting up to ${Math.ceil(event.milliseconds / 1000)} s for the rate limit of ${titleOf(event.source)}`;
  if (verbosity !== 'verbose') return null;
  if (event.type === 'assessment-start') return `assessment ${event.id}`;
  if (event.type === 'stage-start' || event.type === 'stage-end') return `${event.type} ${event.name}`;
  if (event.type === 'progress') return `${event.source}: ${event.done} of ${event.total}`;
  if (event.type === 'plan') return describeSourcePlan(event.plan);
  return null;
}

function titleOf(source: string): string {
  return Object.entries(SOURCE_TITLES).find(([name]) => name === source)?.[1] ?? source;
}

function say(spinner: Ora | null, line: string): void {
  spinner?.clear();
  process.stderr.write(`${line}\n`);
}
