import { DEFAULT_LIMITS, type DocumentLimits } from '../document/limits.ts';

/**
 * Formats that make pages list 2,000 findings, 60 pages: nobody pages through more, and each cell of a typeset table takes 20 KB and 0.1 ms to make
 * (decision record 18). The report says how many are not listed.
 */
export const PAGED_LIMITS: DocumentLimits = { ...DEFAULT_LIMITS, listed: 2000 };
