import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf, RiskError } from '../../kernel/risk-error.ts';
import { readCpuProfile } from './cpu-profile.ts';
import { describeProfile, type OutsideWait, type Part } from './describe-profile.ts';
import { drawFlameGraph } from './flame-graph.ts';
import { createPlaceLocator } from './locate-places.ts';
import type { Recording } from './start-profiler.ts';

/** Makes sure that files can be written into a folder. @throws RiskError `OUTPUT_FAILED` */
export function openProfileFolder(folder: string): void {
  try {
    // Where a folder's parent is there and takes none, asking for all of its parents never ends.
    mkdirSync(folder, { recursive: !existsSync(dirname(resolve(folder))) || existsSync(folder) });
    const probe = join(folder, `.eras-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** Writes what was recorded into a folder: for tools, for people, and as a picture. @throws RiskError `OUTPUT_FAILED` */
export function writeProfile(
  folder: string,
  recording: Recording,
  parts: readonly Part[],
  outside: readonly OutsideWait[],
): void {
  const reading = readCpuProfile(recording.cpu, createPlaceLocator());
  const files = {
    'eras.cpuprofile': JSON.stringify(recording.cpu),
    'eras.heapprofile': JSON.stringify(recording.heap),
    'heap.json': `${JSON.stringify(recording.heapStatistics, null, 2)}\n`,
    'profile.txt': describeProfile(recording, reading, parts, outside),
    'flame.svg': drawFlameGraph(
      reading.root,
      `eras assess: ${reading.root.totalMs.toFixed(0)} ms of work on the main thread`,
    ),
  };
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function cannotWrite(folder: string, cause: unknown): RiskError {
  const message = `cannot write the profile to ${folder}: ${messageOf(cause)}`;
  return new RiskError({ code: 'OUTPUT_FAILED', message, cause });
}
