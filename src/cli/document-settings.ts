import { unknownAssessment } from '../assessment/store-assessment.ts';
import type { Config } from '../config/config.ts';
import { diffAssessments } from '../domain/assessment/diff.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { RiskError } from '../kernel/risk-error.ts';
import type { Language } from '../reports/document/document.ts';
import type { DocumentSettings } from '../reports/report.ts';
import { describeMethod } from '../runtime/describe-method.ts';
import type { OpenStore } from '../runtime/open-store.ts';
import { readReportTemplate } from '../runtime/read-report-template.ts';
import { readStates } from './read-states.ts';
import { VERSION } from './version.ts';

/** What a command says of the typeset report it asks for. */
export interface DocumentOptions {
  /** `--template`. */
  readonly template?: string | null;
  /** `--lang`. */
  readonly language?: Language | null;
  readonly earlier?: Earlier | null;
}

/** An earlier assessment and those of the same targets until this one. */
export type Earlier = Required<Pick<DocumentSettings, 'previous' | 'history'>>;

/** Assessments of a trend: more points are not read in a small chart. */
const MOST_POINTS = 12;

/** Reads what typeset formats need beside the assessment. @throws RiskError `BAD_INPUT` for a bad template */
export async function readDocumentSettings(
  config: Pick<Config, 'report' | 'levels'>,
  { template = null, language = null, earlier = null }: DocumentOptions,
): Promise<DocumentSettings> {
  const { report } = config;
  const sources = { config: report?.template ?? null, folder: report?.folder ?? '.', path: template, language };
  return {
    method: describeMethod(config, VERSION),
    template: await readReportTemplate(sources),
    previous: earlier?.previous ?? null,
    history: earlier?.history ?? [],
  };
}

/**
 * Compares an assessment with an earlier one.
 * @throws RiskError `BAD_INPUT` where there is no such assessment, or it has no result or is not the earlier one.
 */
export async function readEarlier(
  head: AssessmentHead,
  sinceId: string,
  store: OpenStore['assessments'],
): Promise<Earlier> {
  const since = await store.findAssessment(sinceId);
  if (since === null) throw unknownAssessment(sinceId);
  const refuse = (message: string) => new RiskError({ code: 'BAD_INPUT', message });
  if (since.head === null) throw refuse(`the assessment ${sinceId} has no result: it is ${since.status}`);
  if (since.createdAt >= head.createdAt) {
    throw refuse(`--since: the assessment ${sinceId} is not earlier than ${head.id}`);
  }
  const diff = diffAssessments(await readStates(store, sinceId), await readStates(store, head.id));
  const targets = JSON.stringify(head.request.targets);
  const listings = (await store.listAssessments()).filter(
    ({ id, createdAt, targets: theirs }) =>
      createdAt <= head.createdAt && (id === head.id || id === sinceId || JSON.stringify(theirs) === targets),
  );
  const history = listings
    .flatMap(({ id, createdAt, counts }) => (counts === null ? [] : [{ assessmentId: id, createdAt, counts }]))
    .sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
    .slice(-MOST_POINTS);
  return { previous: { id: sinceId, createdAt: since.createdAt, diff }, history };
}
