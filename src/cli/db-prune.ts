import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Config } from '../config/config.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { type Retention, selectExpired } from '../domain/assessment/retention.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { renderListing } from '../reports/render-listing.ts';
import { openArchive } from '../runtime/open-archive.ts';
import { type DbFlags, report } from './db-command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/** What `eras db prune` may be told. */
export interface PruneFlags extends DbFlags {
  /** Days. */
  readonly olderThan?: number;
  readonly keep?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `eras db prune`: removes assessments that are older than the retention, with all that hangs on them; what was paid, seen and written stays. */
export async function runPrune(flags: PruneFlags): Promise<ExitCode> {
  const config = loadProcessConfig();
  const retention = toRetention(flags, config);
  return withStore(config, async (store) => {
    const expired = selectExpired(await store.assessments.listAssessments(), retention, systemClock.now());
    const about = { ...retention, dryRun: flags.dryRun === true, expired: expired.map(({ id }) => id) };
    if (flags.dryRun || expired.length === 0) {
      const text = expired.length === 0 ? 'Nothing is old enough to be removed.\n' : renderListing(expired);
      await report(flags, { ...about, removed: [] }, text);
      return EXIT.done;
    }
    if (!flags.yes && !(await isConfirmed(expired.length, retention))) {
      process.stderr.write('Nothing is removed.\n');
      return EXIT.done;
    }
    const removed = await openArchive(store).remove(about.expired);
    const left = expired.length - removed.length;
    const note = left === 0 ? '' : `; ${left} stayed, because somebody works on them or has removed them meanwhile`;
    await report(flags, { ...about, removed }, `${removed.length} ${count(removed.length)} removed${note}\n`);
    return EXIT.done;
  });
}

/** @throws RiskError `BAD_INPUT` where nobody says how old is too old */
function toRetention({ olderThan, keep }: PruneFlags, config: Pick<Config, 'retention'>): Retention {
  const days = olderThan ?? config.retention?.days;
  if (days !== undefined) return { days, keep: keep ?? config.retention?.keep ?? 0 };
  const message = 'say how old is too old: --older-than 90d, or "retention": { "days": 90 } in the config file';
  throw new RiskError({ code: 'BAD_INPUT', message });
}

/** @throws RiskError `BAD_INPUT` where there is nobody to ask */
async function isConfirmed(number: number, { days }: Retention): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    const message = `nothing is removed without a yes, and there is no terminal to ask on: --yes removes ${number} ${count(number)}, --dry-run shows them`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const isClosed = once(reader, 'close').then(() => '');
    const question = `Remove ${number} ${count(number)} older than ${days} days, for good? [y/N] `;
    return /^\s*y(es)?\s*$/i.test(await Promise.race([reader.question(question), isClosed]));
  } finally {
    reader.close();
  }
}

function count(number: number): string {
  return number === 1 ? 'assessment' : 'assessments';
}
