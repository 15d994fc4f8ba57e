import type { AssessmentStore } from '../../ports/assessment-store.ts';
import type { PostgresLink } from './postgres-link.ts';

interface Seen {
  readonly finding_id: string;
  readonly day: string;
}

/** When each finding was first seen, by whichever assessment. Most are known: only the others are written. */
export function createFirstSeen(link: PostgresLink): AssessmentStore['firstSeen'] {
  return async (findingIds, today) => {
    const ids = [...new Set(findingIds)].sort();
    const look = (wanted: readonly string[]) =>
      link.read((query) =>
        query<Seen>('SELECT finding_id, day FROM eras.first_seen WHERE finding_id = ANY ($1::text[])', [wanted]),
      );
    const days = new Map((await look(ids)).map(({ finding_id: id, day }) => [id, day]));
    const fresh = ids.filter((id) => !days.has(id));
    if (fresh.length > 0) {
      await link.write((query) =>
        query(
          `INSERT INTO eras.first_seen (finding_id, day) SELECT id, $2 FROM unnest($1::text[]) AS id
           ON CONFLICT (finding_id) DO NOTHING`,
          [fresh, today],
        ),
      );
      // Another process may have been first.
      for (const { finding_id: id, day } of await look(fresh)) days.set(id, day);
    }
    return new Map(findingIds.map((id) => [id, days.get(id) ?? today]));
  };
}
