import type { Sighting } from '../domain/finding/sighting.ts';
import type { Subject } from '../domain/finding/subject.ts';
import { readExclusions } from '../intake/assets/read-exclusions.ts';
import { clipLine } from '../kernel/clip.ts';

/** What was made of the sentences that the user wrote: the vulnerabilities found in each, and the assets that they are put on. One line each. */
export function tellUnderstood(sightings: readonly Sighting[], subjects: readonly Subject[]): string[] {
  const bySentence = new Map<string, string[]>();
  for (const { sentence, vulnerabilityId } of sightings) {
    if (sentence === null) continue;
    bySentence.set(sentence, [...(bySentence.get(sentence) ?? []), vulnerabilityId]);
  }
  return [...bySentence].map(([sentence, ids]) => {
    const assets = subjects.flatMap(({ vulnerabilityId, asset }) =>
      asset !== null && ids.includes(vulnerabilityId) ? [asset.name ?? asset.id] : [],
    );
    const where = assets.length === 0 ? 'no asset' : [...new Set(assets)].slice(0, MOST_TOLD).join(', ');
    const { excluded } = readExclusions(sentence);
    const left = excluded.map((what) => `"${clipLine(what, 60)}"`).join(', ');
    const without = excluded.length === 0 ? '' : `; left out: ${left}`;
    return `"${clipLine(sentence, 80)}": ${ids.slice(0, MOST_TOLD).join(', ')} on ${where}${without}`;
  });
}

const MOST_TOLD = 10;
