import { expect, it } from 'vitest';
import { renderDiff } from './render-diff.ts';

it('says amounts of money as all formats do', () => {
  const ends = { id: 'A', createdAt: '2026-03-01T00:00:00Z' };
  const text = renderDiff(
    { from: ends, to: { ...ends, id: 'B' } },
    {
      added: [],
      removed: [],
      unchanged: 0,
      changed: [
        {
          vulnerabilityId: 'CVE-2024-1000',
          asset: 'shop',
          direction: 'worse',
          ground: 0,
          changes: [
            { field: 'ale', from: 2_970_000, to: 6_690_000, source: null },
            { field: 'lossOfAnEvent', from: '20000 to 4000000 USD', to: null, source: 'x' },
            { field: 'epss', from: 0.1, to: 0.2, source: 'x' },
          ],
        },
      ],
    },
  );
  expect(text).toContain('ale: USD 2,970,000 → USD 6,690,000');
  expect(text).toContain('lossOfAnEvent: USD 20,000 to USD 4,000,000 → –');
  expect(text).toContain('epss: 0.1 → 0.2');
});
