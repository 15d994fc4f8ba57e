import type { AgentEvent } from '../../domain/assessment/events.ts';
import type { ToldEvents } from '../../ports/run-channel.ts';

/** Stands between text that a job had told when it was killed, and the text of who did it again. */
const TOLD_ANEW = ' […] ';

/**
 * Makes of what many jobs tell what one process would tell: each stage once, each finding once, each warning once, progress summed up, and text that is
 * told anew set apart from what it replaces. `cves`: how many there are in all.
 */
export function createRunDisplay(show: (event: AgentEvent) => void, cves: number): (told: ToldEvents) => void {
  const open = new Set<string>();
  const added = new Set<string | null>();
  const warned = new Set<string>();
  const texts = new Map<string, string>();
  const done = new Map<string, Map<string, number>>();

  function onStage(event: Extract<AgentEvent, { type: 'stage-start' | 'stage-end' }>): void {
    const isStart = event.type === 'stage-start';
    if (open.has(event.name) === isStart) return;
    if (isStart) open.add(event.name);
    else open.delete(event.name);
    show(event);
  }

  function onProgress(event: Extract<AgentEvent, { type: 'progress' }>, by: string): void {
    const jobs = done.get(event.source) ?? new Map<string, number>();
    done.set(event.source, jobs);
    const job = by.slice(0, by.lastIndexOf('#'));
    jobs.set(job, Math.max(jobs.get(job) ?? 0, event.done));
    show({ ...event, done: [...jobs.values()].reduce((sum, count) => sum + count, 0), total: cves });
  }

  function onText(event: Extract<AgentEvent, { type: 'narrative-delta' }>, by: string): void {
    const field = `${event.cveId}\n${event.field}`;
    const before = texts.get(field);
    texts.set(field, by);
    const isAnew = before !== undefined && before !== by;
    show(isAnew ? { ...event, text: TOLD_ANEW + event.text } : event);
  }

  return ({ by, events }) => {
    for (const event of events) {
      switch (event.type) {
        case 'run-end':
          break;
        case 'stage-start':
        case 'stage-end':
          onStage(event);
          break;
        case 'progress':
          onProgress(event, by);
          break;
        case 'narrative-delta':
          onText(event, by);
          break;
        case 'finding-added':
          if (!added.has(event.cveId)) show(event);
          added.add(event.cveId);
          break;
        case 'warning':
          if (!warned.has(event.message)) show(event);
          warned.add(event.message);
          break;
        default:
          show(event);
      }
    }
  };
}
