import { expect, it } from 'vitest';
import { canDraw } from './progress.ts';

it('draws only on a terminal that knows its width', () => {
  expect(canDraw({ isTTY: true, columns: 80 })).toBe(true);
  // `script` and some containers give a terminal without a size; drawing on one never ends.
  expect(canDraw({ isTTY: true, columns: 0 })).toBe(false);
  expect(canDraw({ isTTY: false, columns: 80 })).toBe(false);
});
