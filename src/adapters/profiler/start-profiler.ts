import { type HeapProfiler, type Profiler, Session } from 'node:inspector/promises';
import { getHeapStatistics, type HeapInfo } from 'node:v8';

/** What was recorded of a run. */
export interface Recording {
  readonly cpu: Profiler.Profile;
  readonly heap: HeapProfiler.SamplingHeapProfile;
  readonly heapStatistics: HeapInfo;
  readonly wallMs: number;
  /** Of all threads of the process, the engine's own and workers among them. */
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
}

/** A profiler at work on this thread. */
export interface RunningProfiler {
  /** Milliseconds since it began, by the clock of its samples. */
  elapsedMs(): number;
  stop(): Promise<Recording>;
}

/** Samples this far apart show functions of a few milliseconds and cost some 3 %. */
const SAMPLING_US = 500;
const KB = 1024;

/** Starts to sample this thread's calls and allocations. */
export async function startProfiler(): Promise<RunningProfiler> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling');
  const cpuBefore = process.cpuUsage();
  await session.post('Profiler.start');
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  return {
    elapsedMs,
    async stop() {
      const { profile: cpu } = await session.post('Profiler.stop');
      const wallMs = elapsedMs();
      const { user, system } = process.cpuUsage(cpuBefore);
      const { profile: heap } = await session.post('HeapProfiler.stopSampling');
      session.disconnect();
      return {
        cpu,
        heap,
        heapStatistics: getHeapStatistics(),
        wallMs,
        cpuMs: (user + system) / 1000,
        peakMemoryBytes: process.resourceUsage().maxRSS * KB,
      };
    },
  };
}
