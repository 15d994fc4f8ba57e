import type { AttackMapping } from '../../domain/attack/attack.ts';
import type { CveId } from '../../domain/cve/cve-id.ts';
import type { CweId } from '../../domain/cwe/cwe-id.ts';
import type { AssetContext, CveFacts } from '../../domain/finding/cve-facts.ts';
import type { SourceName } from '../../domain/source/lookup.ts';
import type { ContextSubject } from '../../knowledge/context-of-finding.ts';
import type { GatheredAnswer, ScoredFinding } from '../../ports/assessment-store.ts';
import type { LossTerms } from '../../scoring/fair/estimate-loss.ts';
import type { LevelThresholds } from '../../scoring/risk/level.ts';
import type { AttackLibrary } from '../intelligence/attack-library.ts';
import type { RunContext } from '../supervisor/run-context.ts';

/** What the scoring stage needs beside the gathered answers. */
export interface ScoringParts {
  readonly asset: AssetContext;
  readonly thresholds: LevelThresholds;
  readonly loss: LossTerms;
  readonly library: AttackLibrary;
  /** Techniques that the trained mapping expects of a CVE without a published mapping. */
  readonly predictTechniques: (facts: Omit<CveFacts, 'attack'>) => readonly AttackMapping[];
  readonly cweName: (cweId: CweId) => string | null;
  /** What the company's documents say of a finding. */
  readonly findContext: (finding: ContextSubject) => ScoredFinding['context'];
  /** What is at hand of a source, for answers that were not kept with the run. */
  readonly recall: (source: SourceName, cveIds: readonly CveId[]) => Promise<readonly GatheredAnswer[]>;
}

/** What scoring needs of a run. */
export type ScoringRun = Pick<RunContext, 'assessmentId' | 'startedAt' | 'store'>;
