import type { OutsideWait } from '../adapters/profiler/describe-profile.ts';
import type { Metrics } from '../ports/metrics.ts';
import { createProfileStages, type ProfileStages } from './profile-stages.ts';

/** A profile that is being taken of this process. */
export interface OpenProfile extends Pick<ProfileStages, 'begin' | 'show'> {
  /** Measures what is waited for outside, and passes all measures on. */
  listen(metrics: Metrics): Metrics;
  /** Ends it and writes its files. @throws RiskError `OUTPUT_FAILED` */
  finish(): Promise<void>;
}

/** Starts a profile that will be written into a folder; only then is the profiler loaded. @throws RiskError `OUTPUT_FAILED` where it cannot be written */
export async function openProfile(folder: string): Promise<OpenProfile> {
  const { openProfileFolder, writeProfile } = await import('../adapters/profiler/write-profile.ts');
  const { startProfiler } = await import('../adapters/profiler/start-profiler.ts');
  openProfileFolder(folder);
  const profiler = await startProfiler();
  const stages = createProfileStages(profiler.elapsedMs);
  const waits = new Map<string, OutsideWait>();
  const addWait = (name: string, seconds: number) => {
    const { count, ms } = waits.get(name) ?? { count: 0, ms: 0 };
    waits.set(name, { name, count: count + 1, ms: ms + seconds * 1000 });
  };
  return {
    begin: stages.begin,
    show: stages.show,
    listen: (metrics) => ({
      ...metrics,
      sourceRequest(request) {
        addWait(request.source, request.seconds);
        metrics.sourceRequest(request);
      },
      modelCall(call) {
        addWait(call.model, call.seconds);
        metrics.modelCall(call);
      },
    }),
    async finish() {
      const all = [...waits.values()].toSorted((left, right) => right.ms - left.ms);
      writeProfile(folder, await profiler.stop(), stages.parts(), all);
    },
  };
}
