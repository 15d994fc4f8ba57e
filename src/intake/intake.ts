import type { Gap } from '../domain/assessment/schema.ts';
import type { Component, Sighting, SightingEvidence } from '../domain/finding/sighting.ts';

/** A component that an SBOM lists; whether it is vulnerable is for others to say. */
export interface ListedComponent {
  readonly component: Component;
  /** The application that it is part of. */
  readonly application: string | null;
  readonly evidence: SightingEvidence;
}

/** What the user's targets come to. */
export interface Intake {
  /** Distinct, in the order in which they were named. */
  readonly sightings: readonly Sighting[];
  readonly components: readonly ListedComponent[];
  /** What was looked at though nothing was found there, as sightings of no vulnerability; left out where reports do not say. */
  readonly lookedAt?: readonly Sighting[];
  /** What could not be used: what was meant as an id and is none, entries of reports that cannot be read. */
  readonly gaps: readonly Gap[];
  /** What the reader should know and that is no gap. */
  readonly warnings: readonly string[];
  /** What a model understood sentences to be about, one line each; left out where none was asked. */
  readonly understood?: readonly string[];
}

/** What one target comes to, before all are put together. */
export interface TargetContent extends Intake {
  readonly malformed: readonly string[];
  readonly moreMalformed: number;
  /** Titles of the columns, where it is a table; in lower case. */
  readonly titles: readonly string[];
}
