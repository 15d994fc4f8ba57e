import { type Sighting, toSighting } from '../../domain/finding/sighting.ts';
import type { ReportedItem } from '../../ports/asset-source.ts';
import { findIds } from '../find-ids.ts';

/**
 * What a system of record knows to be open on its assets. Items that name a scanner's own id only (`QID-12345`) are no findings, since nobody says of which vulnerability they are; they
 * are counted in a warning.
 */
export function readVulnerableItems(
  items: readonly ReportedItem[],
  { file, tool }: { readonly file: string; readonly tool: string },
): { readonly sightings: readonly Sighting[]; readonly warnings: readonly string[] } {
  const read = items.map((item) => ({ item, ids: findIds(item.text, 'sentence').ids }));
  const sightings = read.flatMap(({ item: { number, assetId, severity, exception }, ids }) =>
    ids.map(({ id }) =>
      toSighting({
        vulnerabilityId: id,
        application: assetId,
        evidence: [{ file, position: number, tool, severity }],
        ...(exception === null ? {} : { exception }),
      }),
    ),
  );
  const unnamed = read.filter(({ ids }) => ids.length === 0);
  const [first] = unnamed;
  const such =
    first === undefined ? '' : `${first.item.number} "${first.item.text.split('\n')[0]?.slice(0, 60) ?? ''}"`;
  const warning = `${unnamed.length} vulnerable items of ServiceNow name no vulnerability id and are not assessed, such as ${such}`;
  return { sightings, warnings: unnamed.length === 0 ? [] : [warning] };
}
