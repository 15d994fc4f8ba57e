import { accessSync, constants } from 'node:fs';
import { type Check, checkAge, well } from '../../assessment/doctor.ts';
import { SOURCE_NAMES } from '../../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../domain/source/source-titles.ts';
import { systemClock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/risk-error.ts';
import type { PromptCacheUse } from '../../ports/cost-ledger.ts';
import type { OpenStore } from '../open-store.ts';

/** The store's file: whole, and in a folder that can be written. */
export function checkStore(home: string, store: OpenStore): Check {
  if (store.setAside !== null) {
    const detail = `the file was damaged; it is kept as ${store.setAside} and a new one is begun`;
    const fix = 'look at the disk; the old assessments are in the file set aside';
    return { name: 'store', status: 'warn', detail, fix };
  }
  const verdict = String(store.database.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok')
    return { name: 'store', status: 'fail', detail: `damaged: ${verdict}`, fix: `move ${home} aside and start anew` };
  try {
    accessSync(home, constants.W_OK);
  } catch (error) {
    return { name: 'store', status: 'fail', detail: messageOf(error), fix: 'make the folder writable' };
  }
  return well('store', home);
}

/** How old what the mirror has of each source is. */
export function checkMirror({ mirror }: OpenStore): Check[] {
  const now = systemClock.now();
  return SOURCE_NAMES.map((source) => {
    const state = mirror.findState(source);
    const records = state?.records ?? mirror.countRecords(source);
    return checkAge(source, SOURCE_TITLES[source], state?.fetchedAt ?? null, records, now);
  });
}

/** A provider that is asked to cache a prompt and does not says nothing: only the usage tells. */
export function checkPromptCaching({ asked, effective, readTokens }: PromptCacheUse): Check {
  const name = 'prompt caching';
  if (asked === 0)
    return well(name, 'not asked for: it pays with many calls of one model, whose cache keeps prompts of this length');
  const detail = `${effective} of the last ${asked} calls that asked for it wrote or read the cache; ${readTokens} tokens were read from it`;
  if (effective > 0) return well(name, detail);
  const fix = 'the model keeps longer prompts only, or its endpoint caches nothing: choose another model';
  return { name, status: 'warn', detail, fix };
}
