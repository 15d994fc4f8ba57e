const AMOUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** An amount, such as `USD 1,250,000`. */
export function usd(amount: number): string {
  return `USD ${AMOUNT.format(amount)}`;
}
