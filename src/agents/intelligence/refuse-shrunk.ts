import { RiskError } from '../../kernel/risk-error.ts';

/** From this size on, a catalogue that suddenly halves is a fault of whoever serves it: entries leave one by one, if ever. */
const GUARDED_SIZE = 100;

/**
 * Refuses a catalogue that has lost most of its entries: believing it would call what it no longer lists absent.
 * @throws RiskError `SOURCE_UNAVAILABLE`
 */
export function refuseShrunk(title: string, before: number, after: number): void {
  if (before < GUARDED_SIZE || after >= before / 2) return;
  const message = `${title} has shrunk from ${before} to ${after} entries and is refused`;
  throw new RiskError({ code: 'SOURCE_UNAVAILABLE', message });
}
