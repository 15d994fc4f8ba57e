import { createHash } from 'node:crypto';
import type { Summary } from '../../domain/assessment/schema.ts';
import type { Cache } from '../../ports/cache.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { Evidence } from '../evidence.ts';
import { groundSentence } from '../grounding/ground-sentence.ts';
import type { Answer, ModelDesk } from '../language-model/model-desk.ts';
import { chooseTier, complexityOfAssessment, type ModelTask, type ModelTier } from '../language-model/policy.ts';
import type { RunContext } from '../supervisor/run-context.ts';
import { SummaryAnswer, toJsonSchema } from '../writing/answer-schema.ts';
import { unfence } from '../writing/ask-for-findings.ts';
import { type PromptTemplate, renderFinding, toPrompt } from '../writing/findings-prompt.ts';
import { streamSummary } from '../writing/stream-sentences.ts';
import { SUMMARY } from '../writing/told.ts';
import { REPORT_INSTRUCTIONS, REPORT_PROMPT_VERSION } from './prompt.ts';
import { summariseByRules, type Tally } from './summarise-rules.ts';

const TEMPLATE: PromptTemplate = {
  version: REPORT_PROMPT_VERSION,
  instructions: REPORT_INSTRUCTIONS,
  schemaName: 'summary',
  schema: toJsonSchema(SummaryAnswer),
};
const MAX_OUTPUT_TOKENS = 800;

/** What the summary's model writer is made of. */
export interface SummaryWriterParts {
  readonly model: LanguageModel;
  readonly desk: (run: RunContext) => Promise<ModelDesk>;
  readonly cache: Cache;
  readonly tierOverrides: Partial<Record<ModelTask, ModelTier>>;
}

/** A summary, and what to say of how it was written. */
export interface WrittenSummary {
  readonly summary: Summary;
  readonly violations: number;
  readonly notes: readonly string[];
  readonly isCapped: boolean;
}

/**
 * The executive summary by a model: its text only. Headline, counts and actions are computed. Where the model gives nothing that holds, the
 * rules' text stands.
 */
export async function summariseByModel(
  tally: Tally,
  run: RunContext,
  { model, desk, cache, tierOverrides }: SummaryWriterParts,
): Promise<WrittenSummary> {
  const byRules = summariseByRules(tally);
  const findings = Object.values(tally.statuses).reduce((sum, count) => sum + count, 0);
  const evidence = evidenceOf(tally, findings);
  const tier = chooseTier('report', complexityOfAssessment({ findings, exploited: tally.listed }), tierOverrides);
  const openDesk = await desk(run);
  const prompt = { id: 'assessment', evidence };
  const key = createHash('sha256')
    .update(JSON.stringify([model.provider, openDesk.modelOf(tier), TEMPLATE.version, renderFinding(prompt)]))
    .digest('hex');
  const stored = (await cache.getMany<Answer>('llm_summary', [key])).get(key)?.value;
  const ask = (hint: string | null) =>
    openDesk.ask({
      task: 'report',
      tier,
      promptVersion: TEMPLATE.version,
      promptFor: (name) => toPrompt(TEMPLATE, [prompt], { provider: model.provider, model: name, calls: 1 }, hint),
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      signal: run.signal,
      confirm: run.confirm,
      ...(run.isStreaming ? { listen: (model) => streamSummary(evidence, run.told, { model }) } : {}),
    });
  const first = stored ?? (await ask(null));
  const isUnreadable = first.kind === 'answered' && readSentences(first).length === 0;
  const answer = isUnreadable
    ? await ask('Your last answer could not be read. Answer in the JSON schema only.')
    : first;
  const grounded = readSentences(answer).map((sentence) => groundSentence(sentence, evidence));
  // What a reader has been shown stands, also where the rest of that answer never came.
  const shown = run.told.shownOf(SUMMARY)?.sentences.map((sentence) => groundSentence(sentence, evidence));
  const passed = (shown ?? grounded).filter((one) => one.ok);
  const common = { violations: grounded.filter((one) => !one.ok).length, isCapped: answer.kind === 'too_dear' };
  if (stored === undefined && answer.kind === 'answered' && grounded.length > 0)
    await cache.setMany('llm_summary', [{ key, value: answer }]);
  if (passed.length === 0) {
    const reason = answer.kind === 'answered' ? whyNone(grounded.length) : answer.reason;
    return { ...common, summary: byRules, notes: [`executive summary: ${reason}; rules wrote it`] };
  }
  return {
    ...common,
    notes: [],
    summary: {
      ...byRules,
      text: passed.map(({ text }) => text).join(' '),
      source: 'llm',
      citations: passed.flatMap(({ text, citedBy }) =>
        citedBy.map((piece) => ({ claim: text, evidence: piece.id, source: piece.source, text: piece.text })),
      ),
    },
  };
}

function whyNone(sentences: number): string {
  return sentences === 0
    ? 'the model gave no answer that could be read'
    : 'the model gave no summary that its evidence carries';
}

function readSentences(answer: Answer) {
  if (answer.kind !== 'answered') return [];
  try {
    return SummaryAnswer.safeParse(JSON.parse(unfence(answer.text))).data?.text ?? [];
  } catch {
    return [];
  }
}

/** What is known of the assessment as a whole, numbered. */
function evidenceOf(
  { counts, statuses, listed, ransomware, listingUnknown, timelines }: Tally,
  total: number,
): Evidence[] {
  const levels = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `level ${level}: ${count}`);
  const pieces: Omit<Evidence, 'id' | 'source'>[] = [
    { topic: 'record', text: `${total} findings in all` },
    { topic: 'risk', text: levels.join('; ') || 'no finding has a level' },
  ];
  if (listed > 0) {
    const campaigns = ransomware > 0 ? `; ${ransomware} with known use in ransomware campaigns` : '';
    pieces.push({ topic: 'kev', text: `${listed} of ${total} listed by CISA as exploited${campaigns}` });
  } else
    pieces.push({
      topic: 'record',
      text: listingUnknown > 0 ? 'whether CISA lists them could not be read' : 'none is listed by CISA as exploited',
    });
  for (const [timeline, { count, dueDate, plain }] of timelines) {
    const due = dueDate === null ? '' : `, due ${dueDate}`;
    pieces.push({ topic: 'bod2604', text: `${timeline}: ${count} of ${total} findings${due}: ${plain.join('; ')}` });
  }
  if (statuses.incomplete > 0)
    pieces.push({ topic: 'record', text: `${statuses.incomplete} could not be assessed from every source` });
  if (statuses.not_found + statuses.rejected > 0)
    pieces.push({ topic: 'record', text: `${statuses.not_found} not known, ${statuses.rejected} rejected` });
  return pieces.map((piece, index) => ({ id: `E${index + 1}`, source: 'ERAS', ...piece }));
}
