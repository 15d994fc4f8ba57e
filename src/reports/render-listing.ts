import type { AssessmentListing } from '../ports/assessment-store.ts';
import { plainText } from './words.ts';

/** Stored assessments as lines of a terminal, at most 100 columns. */
export function renderListing(listings: readonly AssessmentListing[]): string {
  if (listings.length === 0) return 'No assessments yet: eras assess CVE-2021-44228 makes one.\n';
  const lines = listings.map(({ id, createdAt, status, targets, counts }) => {
    const levels =
      counts === null
        ? ''
        : `${counts.Critical} Critical ${counts.High} High ${counts.Medium} Medium ${counts.Low} Low`;
    const left = `${id}  ${createdAt.slice(0, 16).replace('T', ' ')}  ${status.padEnd(11)}  `;
    return `${left}${plainText(`${levels}  ${targets.join(' ')}`.trim(), 100 - left.length)}`;
  });
  return `${lines.join('\n')}\n`;
}
