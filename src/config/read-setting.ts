import { RiskError } from '../kernel/risk-error.ts';
import type { SettingName } from './settings.ts';

/** Reads a setting from wherever it is set; null where it is not. */
export type Read = (name: SettingName) => string | null;

/** The error for a setting that cannot be used; it never shows the value, which may be a secret. */
export function bad(name: SettingName, expected: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `${name} is not ${expected}` });
}

/** A URL without slashes at its end. @throws RiskError `BAD_INPUT` */
export function readUrl(read: Read, name: SettingName): string {
  const text = read(name) ?? '';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw bad(name, 'an http or https URL');
  return text.replace(/\/+$/, '');
}

/** Timers of the platform hold 31 bits; a day is more than any request should take. */
const LONGEST_MS = 86_400_000;

/** A time limit, milliseconds. @throws RiskError `BAD_INPUT` */
export function readMilliseconds(read: Read, name: SettingName): number {
  const value = Number(read(name));
  if (!Number.isInteger(value) || value < 1 || value > LONGEST_MS) {
    throw bad(name, `a whole number of milliseconds from 1 to ${LONGEST_MS}`);
  }
  return value;
}

/** Yes or no. @throws RiskError `BAD_INPUT` */
export function readFlag(read: Read, name: SettingName): boolean {
  const text = (read(name) ?? '').trim().toLowerCase();
  if (['', '0', 'false', 'no'].includes(text)) return false;
  if (['1', 'true', 'yes'].includes(text)) return true;
  throw bad(name, '1 or 0');
}
