import type { Sighting, VexStatement } from '../domain/finding/sighting.ts';

/** Clocks differ, and a date without a time may be tomorrow's somewhere. */
const TOLERANCE_MS = 86_400_000;

/**
 * Statements that leave nothing to do and are dated in the future: they do not count yet, and stand as what is still looked into, earlier than any other. Statements that leave something to
 * do count whatever their date. With one warning.
 */
export function holdBackFuture(
  sightings: readonly Sighting[],
  now: Date,
): { readonly sightings: readonly Sighting[]; readonly warnings: readonly string[] } {
  const latest = now.getTime() + TOLERANCE_MS;
  const held: Sighting[] = [];
  const all = sightings.map((sighting) => {
    const { vex } = sighting;
    if (vex === null || !isClearing(vex) || !(Date.parse(vex.at ?? '') > latest)) return sighting;
    held.push(sighting);
    return { ...sighting, vex: notYet(vex) };
  });
  const [first] = held;
  if (first === undefined) return { sightings: all, warnings: [] };
  const what = held.length === 1 ? '1 VEX statement is' : `${held.length} VEX statements are`;
  const file = first.evidence[0]?.file ?? 'a document';
  const such = `${first.vulnerabilityId} ${first.vex?.status} of ${first.vex?.at?.slice(0, 10)} (${file})`;
  return { sightings: all, warnings: [`${what} dated in the future and not counted yet, such as ${such}`] };
}

function isClearing({ status }: VexStatement): boolean {
  return status === 'not_affected' || status === 'fixed';
}

function notYet({ status, author, at }: VexStatement): VexStatement {
  const detail = `${status} is said of it from ${at?.slice(0, 10)} on`;
  return { status: 'under_investigation', justification: null, detail, author, at: null };
}
