import type { ChainReport } from '../domain/audit/verify-chain.ts';
import { plainText } from './words.ts';

/** What walking the audit log came to, as lines of a terminal. */
export function renderChainReport({ entries, firstAt, lastAt, headHash, isWitnessed, broken }: ChainReport): string {
  if (entries === 0 && broken === null) return 'The audit log is empty: nothing has been written to the outside yet.\n';
  const range = firstAt === null ? '' : `, ${plainText(firstAt, 40)} to ${plainText(lastAt ?? '', 40)}`;
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  if (broken !== null) {
    return `The audit log is broken at entry ${broken.sequence}: ${plainText(broken.reason)}\n  ${count} before it hold${range}\n`;
  }
  return [
    `The audit log is whole: ${count}${range}`,
    `  head ${plainText(headHash, 64)}`,
    ...(isWitnessed ? [] : ['  no head is noted beside the store: whether its end was cut off cannot be told']),
    '  keep the number of entries and the head elsewhere: they prove later that nothing was cut off',
    '',
  ].join('\n');
}
