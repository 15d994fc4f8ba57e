import { describe, expect, it } from 'vitest';
import { selectExpired } from './retention.ts';

const NOW = new Date('2026-04-01T00:00:00Z');
const listing = (id: string, createdAt: string, status: 'done' | 'running' | 'interrupted' | 'failed' = 'done') => ({
  id,
  createdAt: `${createdAt}T00:00:00.000Z`,
  status,
});
const LISTINGS = [
  listing('4', '2026-03-31'),
  listing('3', '2026-01-01', 'running'),
  listing('2', '2026-01-01', 'interrupted'),
  listing('1', '2025-12-31', 'failed'),
  listing('0', '2025-01-01'),
];
const expired = (days: number, keep: number) => selectExpired(LISTINGS, { days, keep }, NOW).map(({ id }) => id);

describe('a retention', () => {
  it('lets go what is older than its days, to the moment', () => {
    expect(expired(90, 0)).toEqual(['1', '0']);
    expect(expired(89, 0)).toEqual(['2', '1', '0']);
    expect(expired(400, 0)).toEqual(['0']);
    expect(expired(1000, 0)).toEqual([]);
  });

  it('never lets go what is being worked on', () => expect(expired(0, 0)).toEqual(['4', '2', '1', '0']));

  it('keeps the newest, however old they are', () => {
    expect(expired(1, 3)).toEqual(['1', '0']);
    expect(expired(1, 5)).toEqual([]);
  });
});
