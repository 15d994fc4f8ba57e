import type { NarrativeAgent } from '../../ports/assessment-store.ts';
import type { ScoringParts, ScoringRun } from './scoring-parts.ts';

/** What others must be told to score a part of a run as this process would; plain data. */
export interface CrewBriefing
  extends Pick<ScoringRun, 'assessmentId' | 'startedAt'>,
    Pick<ScoringParts, 'asset' | 'thresholds' | 'loss'> {
  /** Where the ATT&CK release in force came from: a release that was just fetched is read from the mirror by others. */
  readonly library: Pick<ScoringParts['library'], 'provenance' | 'gap'>;
  /** The agents whose rules write at once. */
  readonly atOnce: Readonly<Record<NarrativeAgent, boolean>>;
}

/** Threads that score parts of a run, each with a connection of its own to the store. */
export interface ScoringCrew {
  readonly size: number;
  /** Decides vulnerabilities and stores their findings; the briefing is the same at each call. */
  score(briefing: CrewBriefing, vulnerabilityIds: readonly string[]): Promise<void>;
  dismiss(): Promise<void>;
}

/** Finds a crew for a run of so many CVEs, which gets ready while others gather; null where one is as fast, or there are no threads to be had. */
export type HireCrew = (cves: number) => Promise<ScoringCrew | null>;
