import { createHash } from 'node:crypto';
import { asTheyArrive } from '../../kernel/as-they-arrive.ts';
import type { NarrativePart, ScoredFinding } from '../../ports/assessment-store.ts';
import type { Cache } from '../../ports/cache.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { ModelDesk } from '../language-model/model-desk.ts';
import {
  chooseTier,
  complexityOf,
  DEEP_THREATS,
  MODEL_TIERS,
  type ModelTask,
  type ModelTier,
} from '../language-model/policy.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import type { NarrativeWriter, WritingShare, WrittenPart } from '../write-narratives.ts';
import type { NarrativeField } from './answer-schema.ts';
import { type Asked, askForFindings, type Drafted } from './ask-for-findings.ts';
import type { Assignment, BatchAsker } from './assignment.ts';
import { type Draft, isAnswered, type Lead, readDraft, type StoredDraft, toPart } from './draft.ts';
import { type PromptTemplate, renderFinding, toPrompt } from './findings-prompt.ts';
import { packEvidence, type TokenCounter } from './pack-evidence.ts';
import { planBatches } from './plan-batches.ts';
import { promptEvidence } from './prompt-evidence.ts';

/** What one agent's model writer is made of. */
export interface ModelWriterParts {
  readonly task: Extract<ModelTask, 'vulnerability' | 'threat'>;
  readonly fields: readonly NarrativeField[];
  readonly template: PromptTemplate;
  readonly rules: (finding: ScoredFinding) => NarrativePart;
  /** What stands before the model's sentences of a field, and is there to be read before any model has answered. */
  readonly lead?: (finding: ScoredFinding) => Lead;
  readonly model: LanguageModel;
  readonly desk: (run: RunContext) => Promise<ModelDesk>;
  readonly cache: Cache;
  readonly countTokens: TokenCounter;
  readonly tierOverrides: Partial<Record<ModelTask, ModelTier>>;
  readonly batchSize: number;
  /** Calls of this agent at the same time. */
  readonly lanes: number;
  /** Calls of this agent in flight at most: the lanes, but for batches, which want all of them. */
  readonly inFlight: number;
  /** Tokens of evidence a call. */
  readonly evidenceTokens: number;
  /** Whether stable parts of prompts may be cached by the provider. */
  readonly promptCaching: boolean;
}

/**
 * A writer that asks a model: cached answers first, then batches at the same time, each part handed over as it comes. What a model does not
 * write, or writes without evidence, the rules write; the part says so.
 */
export function createModelWriter(parts: ModelWriterParts): NarrativeWriter {
  let deep = 0;

  function tierOf(finding: ScoredFinding, share: WritingShare | undefined): ModelTier {
    const tier = chooseTier(parts.task, complexityOf(finding), parts.tierOverrides);
    if (tier !== 'deep' || parts.tierOverrides[parts.task] !== undefined) return tier;
    if (share !== undefined) return share.deepIds.has(finding.id) ? 'deep' : 'fast';
    deep += 1;
    return deep > DEEP_THREATS ? 'fast' : 'deep';
  }

  async function assign(finding: ScoredFinding, desk: ModelDesk, share?: WritingShare): Promise<Assignment> {
    const tier = tierOf(finding, share);
    const { evidence, leftOut, tokens } = await packEvidence(
      promptEvidence(finding),
      parts.task,
      parts.evidenceTokens,
      parts.countTokens,
    );
    const text = renderFinding({ id: finding.vulnerabilityId, evidence });
    const key = JSON.stringify([parts.model.provider, desk.modelOf(tier), parts.template.version, text]);
    return { finding, tier, evidence, leftOut, tokens, cacheKey: createHash('sha256').update(key).digest('hex') };
  }

  async function* write(
    findings: readonly ScoredFinding[],
    run: RunContext,
    share?: WritingShare,
  ): AsyncGenerator<readonly WrittenPart[]> {
    // What is no vulnerability has nothing to be written about.
    const [known, none] = partition(findings, ({ risk }) => risk.level !== null);
    if (none.length > 0) yield none.map((finding) => ({ finding, part: parts.rules(finding) }));
    if (known.length === 0) return;
    const desk = await parts.desk(run);
    const assignments = await Promise.all(known.map((finding) => assign(finding, desk, share)));

    const cached = await loadDrafts(assignments);
    if (cached.length > 0) yield cached;
    const open = new Set(cached.map(({ finding }) => finding.id));
    const rest = assignments.filter(({ finding }) => !open.has(finding.id));
    for (const { finding } of rest) tellLead(finding, run);
    const batches = Object.fromEntries(
      MODEL_TIERS.map((tier) => [
        tier,
        planBatches(
          rest.filter((one) => one.tier === tier),
          ({ tokens }) => tokens,
          // A share was cut to be one call; others have the other lanes.
          share === undefined ? parts : { ...parts, lanes: 1 },
        ),
      ]),
    ) as Record<ModelTier, Assignment[][]>;
    const sharers = (tier: ModelTier) => (parts.promptCaching ? Math.max(batches[tier].length, share?.shares ?? 0) : 1);
    const calls = { fast: sharers('fast'), balanced: sharers('balanced'), deep: sharers('deep') };
    const asker: BatchAsker = { ...parts, desk, run, calls };
    const tasks: (() => Promise<WrittenPart[]>)[] = [];
    for (const tier of ['deep', 'balanced', 'fast'] as const) {
      for (const ask of callsOf(asker, tier, batches[tier])) tasks.push(() => follow(ask, tasks));
    }
    yield* asTheyArrive(tasks, share === undefined ? parts.inFlight : 1);
  }

  function tellLead(finding: ScoredFinding, { told }: RunContext): void {
    const lead = parts.lead?.(finding);
    if (lead === undefined) return;
    told.lead({ key: finding.id, cveId: finding.cveId, field: lead.field }, lead.text);
  }

  /** What an answer holds is kept before more is asked: a run that is killed in between does not pay for it again. */
  async function follow(ask: () => Promise<Asked>, tasks: (() => Promise<WrittenPart[]>)[]): Promise<WrittenPart[]> {
    const { drafted, further } = await ask();
    tasks.push(...further.map((next) => () => follow(next, tasks)));
    return keep(drafted);
  }

  /** Calls that share a cached stable part wait for the first of them to have it written: otherwise all of them would write it. */
  function callsOf(asker: BatchAsker, tier: ModelTier, batches: readonly Assignment[][]): (() => Promise<Asked>)[] {
    const target = { provider: parts.model.provider, model: asker.desk.modelOf(tier), calls: asker.calls[tier] };
    const isCached = toPrompt(parts.template, [], target).isCached;
    let warm: () => void = () => undefined;
    const isWarm = new Promise<void>((resolve) => {
      warm = resolve;
    });
    return batches.map((batch, index) => async () => {
      if (!isCached || parts.model.isBatch) return askForFindings(asker, batch);
      if (index > 0) await isWarm;
      try {
        return await askForFindings(index === 0 ? { ...asker, onFirstText: warm } : asker, batch);
      } finally {
        warm();
      }
    });
  }

  async function loadDrafts(assignments: readonly Assignment[]): Promise<WrittenPart[]> {
    const stored = await parts.cache.getMany<StoredDraft>(
      'llm_summary',
      assignments.map(({ cacheKey }) => cacheKey),
    );
    return assignments.flatMap((assignment) => {
      const entry = stored.get(assignment.cacheKey);
      const draft = entry === undefined ? null : readDraft(entry.value, assignment.evidence, parts.fields);
      return draft === null ? [] : [finish(assignment, draft)];
    });
  }

  async function keep(drafts: readonly Drafted[]): Promise<WrittenPart[]> {
    // What a model has answered it would answer again; why it did not may pass.
    const answered = drafts.filter(({ draft }) => isAnswered(draft));
    await parts.cache.setMany(
      'llm_summary',
      answered.map(({ assignment, draft }) => ({
        key: assignment.cacheKey,
        value: { model: draft.model, sentences: draft.sentences, violations: draft.violations } satisfies StoredDraft,
      })),
    );
    return drafts.map(({ assignment, draft }) => finish(assignment, draft));
  }

  function finish({ finding, leftOut }: Assignment, draft: Draft): WrittenPart {
    return {
      finding,
      part: toPart(draft, parts.fields, () => parts.rules(finding), leftOut, parts.lead?.(finding) ?? null),
    };
  }

  return { write, atOnce: null };
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  const first: Item[] = [];
  const second: Item[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
