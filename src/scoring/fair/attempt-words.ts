import { type AttemptInputs, type Attempts, GREATEST_PROBABILITY, LISTED_PROBABILITY, REACH } from './attempts.ts';
import { threeDigits } from './significant-digits.ts';

/** How the attempts of a year came about, with each factor that had a part in it. */
export function attemptWords(
  { epss, isListed, exposure }: AttemptInputs,
  { probability, perYear }: Attempts,
  epssDate: string | null,
  isListingUnread: boolean,
): string {
  const steps = [
    epss === null ? 'EPSS not known, taken as 0' : `EPSS ${epss}${epssDate === null ? '' : ` of ${epssDate}`}`,
    isListed ? `raised for CISA KEV by ${LISTED_PROBABILITY} of what is left to 1 (assumption)` : '',
    isListingUnread ? 'whether CISA lists it could not be read, taken as no' : '',
    exposureWords(exposure),
    probability === GREATEST_PROBABILITY ? `at most ${GREATEST_PROBABILITY}` : '',
  ].filter((step) => step !== '');
  return `${threeDigits(perYear)} attempts a year = −ln(1 − p) × 365/30, p = ${threeDigits(probability)}: ${steps.join('; ')}`;
}

function exposureWords(exposure: AttemptInputs['exposure']): string {
  if (exposure === null) return 'exposure unknown, taken as open';
  return exposure === 'open' ? '' : `× ${REACH[exposure]} for exposure ${exposure} (assumption)`;
}
