import type { Asset } from '../../domain/asset/asset.ts';
import { LOSS_BOUNDS } from '../../domain/fair/magnitude.ts';
import { badFile } from '../reports/text-source.ts';
import { textOf } from '../reports/values.ts';
import type { AssetEntry } from './asset-entry.ts';

const WHAT_TO_GIVE =
  'give the 5th and the 95th percentile of the loss of one event in USD as plain numbers, such as 20000 and 500000, or leave both empty';

/** What one event costs: both percentiles or neither. @throws RiskError `BAD_INPUT` */
export function readEventLoss(path: string, entry: AssetEntry): Asset['eventLoss'] {
  const low = readAmount(path, entry, 'loss_low_usd');
  const high = readAmount(path, entry, 'loss_high_usd');
  if (low === null && high === null) return null;
  if (low === null || high === null) {
    const [given, missing] = low === null ? ['loss_high_usd', 'loss_low_usd'] : ['loss_low_usd', 'loss_high_usd'];
    throw badFile(path, `${entry.place}: ${given} without ${missing}; ${WHAT_TO_GIVE}`);
  }
  if (low > high)
    throw badFile(path, `${entry.place}: loss_low_usd ${low} is above loss_high_usd ${high}; ${WHAT_TO_GIVE}`);
  return { low, high };
}

/** Share of the attempts that come to a loss. @throws RiskError `BAD_INPUT` */
export function readSusceptibility(path: string, { fields, place }: AssetEntry): number | null {
  const text = readText(fields['susceptibility']);
  if (text === null) return null;
  const value = toNumber(text);
  if (value >= 0 && value <= 1) return value;
  throw badFile(
    path,
    `${place}: susceptibility "${text.slice(0, 40)}" is not a number from 0 to 1; give the share of the attempts that come to a loss, such as 0.1`,
  );
}

function readAmount(path: string, { fields, place }: AssetEntry, name: string): number | null {
  const text = readText(fields[name]);
  if (text === null) return null;
  const value = toNumber(text);
  const { least, most } = LOSS_BOUNDS;
  if (value >= least && value <= most) return value;
  throw badFile(
    path,
    `${place}: ${name} "${text.slice(0, 40)}" is not a number above 0 (${least} to ${most}); ${WHAT_TO_GIVE}`,
  );
}

/** What a field says, null where nothing; what is no text, such as a list in JSON, is shown as it is, and is no number. */
function readText(value: unknown): string | null {
  const text = (textOf(value) ?? (value == null ? '' : JSON.stringify(value))).trim();
  return text === '' || text === '""' || text.toLowerCase() === 'unknown' ? null : text;
}

/** Decimal numbers only: `0x10` and what is not finite is none. */
function toNumber(text: string): number {
  return /^\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
