import type { AttackMapping } from '../../domain/attack/attack.ts';
import { calibrate } from './calibrate.ts';
import { explainHead } from './explain.ts';
import { findFeatures } from './features.ts';
import { scoreHeads, type ThreatScores } from './score.ts';
import type { ThreatInput } from './threat-input.ts';
import type { HeadRole, ThreatModel } from './threat-model.ts';

/**
 * Score in any role from which a technique is named. F1 is largest where the threshold is about half of the F1 attained
 * (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014); it lies a little
 * above that because the exploitation candidates below come on top.
 */
const NAMING_THRESHOLD = 0.28;
/**
 * How a flaw is exploited is asked for most, so up to three candidates are named from a lower score on: measured in
 * cross-validation, that finds a right one in 0.71 rather than 0.62 of the cases, and costs about 0.01 of F1.
 */
const EXPLOITATION_THRESHOLD = 0.09;
const MAX_EXPLOITATION_CANDIDATES = 3;
/** Techniques of the CAPEC chain at most: the chain is rarely confirmed, and a long list of guesses helps nobody. */
const MAX_CHAIN_MAPPINGS = 1;

const ROLE_ORDER = ['exploitation', 'primary_impact', 'secondary_impact', 'uncategorized'];

/**
 * The parent techniques (`T1059`, not `T1059.001`) that analysts would probably map the vulnerability to, by the trained
 * model; where it names nothing, by the CWE → CAPEC → ATT&CK chain of a weakness that it has not learnt; none where nothing is known.
 * Confidence is the share of such techniques that analysts had named (in any role) in cross-validation.
 * Ordered by role, then confidence, then id. Never throws.
 */
export function predictTechniques(input: ThreatInput, model: ThreatModel): AttackMapping[] {
  const scored = scoreHeads(findFeatures(input), model);
  const mappings = scored === null ? [] : nameTechniques(scored, model);
  return (mappings.length > 0 ? mappings : followChain(input, model)).sort(compareMappings);
}

/** All techniques that the model knows in a role, the likeliest first, with uncalibrated scores of 0 to 1. */
export function rankTechniques(
  input: ThreatInput,
  role: HeadRole,
  model: ThreatModel,
): { readonly techniqueId: string; readonly score: number }[] {
  const scored = scoreHeads(findFeatures(input), model);
  if (scored === null) return [];
  return model.heads
    .flatMap((head, index) =>
      head.role === role ? [{ techniqueId: head.techniqueId, score: scored.scores[index] ?? 0 }] : [],
    )
    .sort((left, right) => right.score - left.score || compareText(left.techniqueId, right.techniqueId));
}

function nameTechniques(scored: ThreatScores, model: ThreatModel): AttackMapping[] {
  const candidates = [...groupByTechnique(scored, model).values()];
  const exploitation = candidates
    .filter(({ role, roleScore }) => role === 'exploitation' && roleScore >= EXPLOITATION_THRESHOLD)
    .sort((left, right) => right.roleScore - left.roleScore || compareText(left.techniqueId, right.techniqueId))
    .slice(0, MAX_EXPLOITATION_CANDIDATES);
  return candidates
    .filter((candidate) => candidate.anyScore >= NAMING_THRESHOLD || exploitation.includes(candidate))
    .map(({ techniqueId, role, roleScore, anyScore, headIndex }) => ({
      techniqueId,
      role,
      source: 'model',
      confidence:
        role === 'exploitation'
          ? calibrate(roleScore, model.calibration.exploitation)
          : calibrate(anyScore, model.calibration.any),
      because: explainHead(headIndex, scored, model),
    }));
}

interface Candidate {
  readonly techniqueId: string;
  anyScore: number;
  /** The role of the largest score, that score, and the position of its head. */
  role: AttackMapping['role'];
  roleScore: number;
  headIndex: number;
}

function groupByTechnique(scored: ThreatScores, model: ThreatModel): ReadonlyMap<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  model.heads.forEach(({ techniqueId, role }, headIndex) => {
    const score = scored.scores[headIndex] ?? 0;
    let known = candidates.get(techniqueId);
    if (known === undefined) {
      known = { techniqueId, anyScore: 0, role: 'uncategorized', roleScore: 0, headIndex };
      candidates.set(techniqueId, known);
    }
    if (role === 'any') known.anyScore = score;
    else if (score > known.roleScore) Object.assign(known, { role, roleScore: score, headIndex });
  });
  return candidates;
}

function followChain(input: ThreatInput, model: ThreatModel): AttackMapping[] {
  const mappings = new Map<string, AttackMapping>();
  for (const cweId of input.cwes) {
    // A weakness that the model has learnt was weighed there already, with better evidence than the chain's.
    if (model.featureIndex.has(cweId) || !Object.hasOwn(model.chain, cweId)) continue;
    for (const techniqueId of model.chain[cweId] ?? []) {
      if (mappings.size === MAX_CHAIN_MAPPINGS) return [...mappings.values()];
      if (mappings.has(techniqueId)) continue;
      const because = [`${cweId} → CAPEC → ${techniqueId}`];
      mappings.set(techniqueId, {
        techniqueId,
        role: 'exploitation',
        source: 'capec',
        confidence: model.chainShare,
        because,
      });
    }
  }
  return [...mappings.values()];
}

function compareMappings(left: AttackMapping, right: AttackMapping): number {
  return (
    ROLE_ORDER.indexOf(left.role) - ROLE_ORDER.indexOf(right.role) ||
    right.confidence - left.confidence ||
    compareText(left.techniqueId, right.techniqueId)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
