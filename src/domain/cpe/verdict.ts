/** Whether something is so, with the reason where that cannot be decided. */
export type Verdict =
  | { readonly kind: 'yes'; readonly fixedVersion: string | null }
  | { readonly kind: 'undecided'; readonly reason: string; readonly fixedVersion: string | null }
  | { readonly kind: 'no' };

export const NO: Verdict = { kind: 'no' };
export const YES: Verdict = { kind: 'yes', fixedVersion: null };

/** Not decided, and why. */
export function undecided(reason: string, fixedVersion: string | null = null): Verdict {
  return { kind: 'undecided', reason, fixedVersion };
}

/** Whether any of several things is so: one that is outweighs those that are open, and of several the first that knows what mends it. */
export function anyOf(verdicts: Iterable<Verdict>): Verdict {
  let best: Verdict = NO;
  for (const verdict of verdicts) {
    if (verdict.kind === 'yes' && verdict.fixedVersion !== null) return verdict;
    const isBetter = verdict.kind === 'yes' ? best.kind !== 'yes' : verdict.kind === 'undecided' && best.kind === 'no';
    if (isBetter) best = verdict;
  }
  return best;
}

/** Whether all of several things are so; what mends it is of the first. */
export function allOf(verdicts: Iterable<Verdict>): Verdict {
  let result: Exclude<Verdict, { kind: 'no' }> | null = null;
  for (const verdict of verdicts) {
    if (verdict.kind === 'no') return NO;
    const fixedVersion: string | null = (result ?? verdict).fixedVersion;
    if (result?.kind !== 'undecided') result = { ...verdict, fixedVersion };
  }
  return result ?? NO;
}

/** The opposite. */
export function not(verdict: Verdict): Verdict {
  return verdict.kind === 'yes' ? NO : verdict.kind === 'no' ? YES : verdict;
}
