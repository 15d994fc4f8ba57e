import { describe, expect, it } from 'vitest';
import { pagesOfClaim } from './pages-of-claim.ts';

const onPages = (...texts: string[]) => {
  const text = texts.join('\n');
  const pages = texts.map((_, place) => ({
    at: texts.slice(0, place).reduce((sum, one) => sum + one.length + 1, 0),
    page: place + 4,
  }));
  return { text, page: 4, pages };
};

const POLICY = onPages(
  'Internet-facing servers are patched within two days.',
  'Backups are kept for ninety days. The vault is run by Ann.',
  'The reporting server srv-7 is left as it is.',
  'Kiosks restart every night. Cameras record nothing.',
);

describe('the pages of a claim', () => {
  it.each([
    ['Internet-facing servers are patched within two days.', [4]],
    ['Servers are patched within two days, and backups are kept for ninety.', [4, 5]],
    ['Backups are kept for ninety days, and internet-facing servers are patched.', [5, 4]],
    ['Servers are patched within two days, but srv-7 is not.', [6, 4]],
    ['Internet-facing servers are patched within two days by Ann.', [4, 5]],
  ])('are all on which a part of it stands: %s', (claim, pages) => expect(pagesOfClaim(claim, POLICY)).toEqual(pages));

  it('are none beside it for one plain word that stands on another page, too', () =>
    expect(pagesOfClaim('Internet-facing servers and kiosks are patched within two days.', POLICY)).toEqual([4]));

  it('are three at the most', () =>
    expect(
      pagesOfClaim(
        'Internet-facing servers are patched within two days, backups kept for ninety, srv-7 is left, kiosks restart every night.',
        POLICY,
      ),
    ).toHaveLength(3));

  it('are both of a sentence that runs over the end of a page', () => {
    const policy = onPages(
      'Backups are kept for ninety days. The vault is run by the team of',
      'the office in the cellar.',
    );
    expect(pagesOfClaim('The vault is run by the team of the office.', policy)).toEqual([4, 5]);
    expect(pagesOfClaim('The vault is run by the team.', policy)).toEqual([4]);
  });

  it('are unknown where the format has none', () =>
    expect(pagesOfClaim('Any.', { text: 'Any text. Or other. Or more.', page: null })).toEqual([null]));
});
