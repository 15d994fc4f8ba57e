import { DEFAULT_LOSS_POLICY } from '../../src/domain/fair/loss-policy.ts';
import { UNKNOWN_ASSET } from '../../src/domain/finding/cve-facts.ts';
import { DEFAULT_LEVEL_THRESHOLDS } from '../../src/scoring/risk/level.ts';

/** What scoring needs beside the facts, where nothing is known but them. */
export const SCORING_PARTS = {
  asset: UNKNOWN_ASSET,
  thresholds: DEFAULT_LEVEL_THRESHOLDS,
  library: {
    provenance: { origin: 'live', at: '2026-01-01T00:00:00Z' },
    gap: null,
    findTechnique: () => null,
    groupName: () => null,
  },
  predictTechniques: () => [],
  cweName: () => null,
  findContext: () => [],
  loss: { policy: DEFAULT_LOSS_POLICY, simulations: 1 },
} as const;
