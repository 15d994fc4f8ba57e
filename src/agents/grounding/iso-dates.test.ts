import { expect, it } from 'vitest';
import { withIsoDates } from './iso-dates.ts';

it.each([
  ['ends on 31 March 2027.', 'ends on 2027-03-31.'],
  ['ends on March 31st, 2027.', 'ends on 2027-03-31.'],
  ['the 3rd of May 2027', 'the 2027-05-03'],
  ['läuft am 31. März 2027 ab', 'läuft am 2027-03-31 ab'],
  ['seit dem 01.07.2025.', 'seit dem 2025-07-01.'],
  ['am 1. Dez. 2025', 'am 2025-12-01'],
  ['Sept 9, 2026', '2026-09-09'],
  ['version 1.10.2025.1 of May', 'version 1.10.2025.1 of May'],
  ['on 45.13.2025 Maria', 'on 45.13.2025 Maria'],
])('%s', (text, iso) => expect(withIsoDates(text)).toBe(iso));
