import { formatNumber } from '../number-format.ts';

const ENGLISH = /^\d[\d,]*(?:\.(\d+))?$/;
const AMOUNT = /^(USD )?(\d[\d,]*(?:\.\d+)?)( ?%)?$/;

/** A number in English notation (`1,250.5`) in German (`1.250,5`), with as many decimals; anything else as it is. */
export function germanNumber(text: string): string {
  const match = ENGLISH.exec(text);
  if (match === null) return text;
  const decimals = match[1]?.length ?? 0;
  return formatNumber(Number(text.replaceAll(',', '')), 'de-DE', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** An amount (`USD 1,250`) or a percentage (`99.9 %`) in German notation. Bare numbers stay: they may be a version or a name. */
export function germanAmount(text: string): string {
  const [, unit = '', number = '', percent = ''] = AMOUNT.exec(text) ?? [];
  return unit === '' && percent === '' ? text : `${unit}${germanNumber(number)}${percent}`;
}
