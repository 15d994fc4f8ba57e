import type { Direction } from '../../../domain/assessment/diff.ts';

/** How many findings came, went and moved. */
export interface ChangeCounts extends Readonly<Record<Direction, number>> {
  readonly added: number;
  readonly removed: number;
  readonly unchanged: number;
}
