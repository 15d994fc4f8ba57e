import type { Portfolio } from '../domain/assessment/loss-schema.ts';
import { plainText } from './words.ts';

/** Fixes that a reader is shown first. */
const FIXES_SHOWN = 5;

const AMOUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** An amount, such as `USD 1,250,000`. */
export function amountWords(usd: number): string {
  return `USD ${AMOUNT.format(usd)}`;
}

/** The least and the most of a range as the states of findings write it (`20000 to 4000000 USD`); null for anything else. */
export function lossRange(text: string): readonly [low: number, high: number] | null {
  const [, low, high] = /^(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?) USD$/.exec(text) ?? [];
  return low === undefined || high === undefined ? null : [Number(low), Number(high)];
}

/** What all may cost in a year, in two sentences. */
export function portfolioWords({ ale, standardError, var95, es95, findings, assetCount }: Portfolio): string {
  return `Expected loss ${amountWords(ale)} a year (standard error ${amountWords(standardError)}), of ${count(findings, 'finding')} on ${count(assetCount, 'asset')} whose loss is known. 19 of 20 years stay below ${amountWords(var95)}; the worst one costs ${amountWords(es95)} on average.`;
}

/** The first fixes, a line each, with what they take away; the text is from outside and wants its escaping. */
export function fixWords({ fixes }: Portfolio): readonly string[] {
  return fixes
    .slice(0, FIXES_SHOWN)
    .map(
      ({ fix, aleRemoved, assets, cumulativeShare, cost, returnOnInvestment }) =>
        `${plainText(fix, 120)} (${count(assets, 'asset')}): −${amountWords(aleRemoved)} a year${costWords(cost, returnOnInvestment)}, ${percent(cumulativeShare)} of the expected loss gone`,
    );
}

function costWords(cost: number | null, returned: number | null): string {
  if (cost === null) return '';
  return ` for ${amountWords(cost)}${returned === null ? '' : ` (return ${AMOUNT.format(returned)})`}`;
}

/** Never rounded to all or to nothing. */
function percent(share: number): string {
  if (share > 0.99 && share < 1) return 'over 99%';
  if (share > 0 && share < 0.01) return 'under 1%';
  return `${(share * 100).toFixed(0)}%`;
}

function count(number: number, noun: string): string {
  return `${AMOUNT.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
