import type { Part } from '../adapters/profiler/describe-profile.ts';
import type { AgentEvent } from '../domain/assessment/events.ts';
import { STAGE_NAMES, type StageName } from '../domain/assessment/schema.ts';

/** The stages of a run as a profile tells them. */
export interface ProfileStages {
  begin(name: StageName): void;
  show(event: AgentEvent): void;
  /** One part a stage, in the order of an assessment, from its first start to its last end, as the document's timings have it. */
  parts(): readonly Part[];
}

/** Follows the stages; `elapsedMs` is the time since the profile began. Intake ends where the assessment is stored. */
export function createProfileStages(elapsedMs: () => number): ProfileStages {
  const stages = new Map<StageName, Part>();
  const begin = (name: StageName) =>
    stages.set(name, { name, startMs: stages.get(name)?.startMs ?? elapsedMs(), endMs: null });
  const end = (name: StageName) => {
    const stage = stages.get(name);
    if (stage !== undefined) stages.set(name, { ...stage, endMs: elapsedMs() });
  };
  return {
    begin,
    show(event) {
      if (event.type === 'assessment-start') end('intake');
      if (event.type === 'stage-start') begin(event.name);
      if (event.type === 'stage-end') end(event.name);
    },
    parts: () => STAGE_NAMES.flatMap((name) => stages.get(name) ?? []),
  };
}
