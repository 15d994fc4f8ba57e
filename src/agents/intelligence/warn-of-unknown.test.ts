import { expect, it } from 'vitest';
import { warningsOfUnknown } from './warn-of-unknown.ts';

it.each([
  ['nothing', {}, []],
  ['little', { 'nvd asked': 19, 'nvd unknown': 19 }, []],
  ['only a part', { 'nvd asked': 30, 'nvd unknown': 29, 'nvd odd': 1 }, []],
  [
    'nothing of much',
    { 'nvd asked': 20, 'nvd unknown': 20 },
    ['nvd: the source knows none of the 20 CVEs that it was asked for; is its address right?'],
  ],
  [
    'nothing of what it knew',
    { 'epss asked': 1, 'epss unknown': 1, 'epss odd': 1 },
    ['epss: the source does not know the CVE that it was asked for; is its address right?'],
  ],
] as const)('warns of sources that know %s', (_what, counts, warnings) => {
  expect(warningsOfUnknown(counts)).toEqual(warnings);
});
