import type { Gap } from '../../domain/assessment/schema.ts';
import { type Sighting, toSighting } from '../../domain/finding/sighting.ts';
import type { ReportedIncident } from '../../ports/asset-source.ts';
import { findIds } from '../find-ids.ts';

/** Entries told one by one; the rest only count. */
const MOST_TOLD = 20;

/** What incidents name in their texts: vulnerabilities, on the asset that the incident is about, and what was meant as an id and is none. */
export function readIncidentTexts(
  incidents: readonly ReportedIncident[],
  { file, tool }: { readonly file: string; readonly tool: string },
): { readonly sightings: readonly Sighting[]; readonly gaps: readonly Gap[] } {
  const read = incidents.map((incident) => ({ incident, found: findIds(incident.text, 'sentence') }));
  const sightings = read.flatMap(({ incident: { number, assetId }, found }) =>
    found.ids.map(({ id }) =>
      toSighting({
        vulnerabilityId: id,
        // The asset's own id, by which it is joined.
        application: assetId,
        evidence: [{ file, position: number, tool, severity: null }],
      }),
    ),
  );
  const malformed = read.flatMap(({ incident: { number }, found }) =>
    found.malformed.map((entry) => `${number}: "${entry.slice(0, 80)}" is no vulnerability id`),
  );
  const more = malformed.length - MOST_TOLD;
  const told = [
    ...malformed.slice(0, MOST_TOLD),
    ...(more > 0 ? [`${more} more entries are no vulnerability ids`] : []),
  ];
  return { sightings, gaps: told.map((reason) => ({ cveId: null, source: 'servicenow', reason })) };
}
