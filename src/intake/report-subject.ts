import type { Sighting, SightingEvidence } from '../domain/finding/sighting.ts';

/** The one thing that a report is about; null of several, and of a folder that is called `.` everywhere. */
export function theOnlySubject(names: ReadonlySet<string>): string | null {
  const [first] = names;
  return first === undefined || names.size > 1 || /^[./\\\s]*$/.test(first) ? null : first;
}

/** A sighting whose evidence says what its report is about: the host of a scan of hosts, the image or workload that it names, else the report's own subject. */
export function withSubject(sighting: Sighting, subject: string | null): Sighting {
  const about = sighting.host?.hostname ?? sighting.host?.ip ?? sighting.application ?? subject;
  return { ...sighting, evidence: sighting.evidence.map((one) => ofSubject(one, about)) };
}

/** Evidence that says what its report is about, where that is known. */
export function ofSubject(evidence: SightingEvidence, subject: string | null): SightingEvidence {
  return subject === null ? evidence : { ...evidence, subject };
}
