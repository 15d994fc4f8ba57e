/** What `eras doctor` finds; the outside contract's shape, and what to do next. */
export interface Diagnosis {
  readonly ok: boolean;
  readonly version: string;
  readonly checks: readonly Check[];
  readonly quickWins: readonly QuickWin[];
  /** What helps most here and is not done yet, a line each, five at most. */
  readonly next: readonly string[];
}

/** One thing that was looked at; `fix` says what to do where it is not as it should be. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly fix: string | null;
}

/** An optimisation, whether it is on, what it saves, and how to turn it on. */
export interface QuickWin {
  readonly name: string;
  readonly on: boolean;
  /** What it has saved or would save here, from past runs; a measured figure with its place; or that it is not known yet. */
  readonly saves: string;
  readonly howTo: string;
}

/** A check that found nothing wrong. */
export function well(name: string, detail: string): Check {
  return { name, status: 'ok', detail, fix: null };
}

/** Sums up: broken is what failed; a warning is none. */
export function diagnose(
  version: string,
  checks: readonly Check[],
  quickWins: readonly QuickWin[],
  next: readonly string[],
): Diagnosis {
  return { ok: checks.every(({ status }) => status !== 'fail'), version, checks, quickWins, next };
}

/** Milliseconds of a day. */
const DAY_MS = 86_400_000;

/** How old a source's mirror may be before it is worth a word, in days: a little over its publication rhythm. */
const OLD_AFTER_DAYS: Readonly<Record<string, number>> = { kev: 2, epss: 2, attack: 30, nvd: 2, ssvc: 7 };

/** Judges the age of a source's facts; `fetchedAt` null: the mirror has nothing of it. */
export function checkAge(source: string, title: string, fetchedAt: string | null, records: number, now: Date): Check {
  const name = `mirror: ${title}`;
  if (fetchedAt === null) {
    const detail =
      records === 0
        ? 'nothing fetched yet; the bundled snapshot stands in offline'
        : `${records} records fetched one by one`;
    return well(name, detail);
  }
  const days = Math.floor((now.getTime() - Date.parse(fetchedAt)) / DAY_MS);
  const detail = `${records} records, ${days === 0 ? 'fetched today' : `${days} ${days === 1 ? 'day' : 'days'} old`}`;
  const isOld = days > (OLD_AFTER_DAYS[source] ?? 7);
  return { name, status: isOld ? 'warn' : 'ok', detail, fix: isOld ? `eras sync ${source}` : null };
}
