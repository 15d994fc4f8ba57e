import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import { ATTRIBUTIONS } from '../attributions.ts';
import type { TrendPoint } from '../charts/chart.ts';
import { plainText } from '../words.ts';
import { coverOf } from './cover.ts';
import { type Block, type ReportDocument, SECTION_IDS, type SectionId } from './document.ts';
import { DEFAULT_LIMITS, type DocumentLimits } from './limits.ts';
import { messagesOf } from './messages/messages-of.ts';
import type { Method, PreviousAssessment, ReportContext } from './report-context.ts';
import { acceptedSection } from './sections/accepted.ts';
import { changesSection } from './sections/changes.ts';
import { findingsSection } from './sections/findings.ts';
import { gapsSection } from './sections/gaps.ts';
import { heatMapSection } from './sections/heat-map.ts';
import { methodSection } from './sections/method.ts';
import { moneySection } from './sections/money.ts';
import { planSection } from './sections/plan.ts';
import { registerSection } from './sections/register.ts';
import { summarySection } from './sections/summary.ts';
import { threatSection } from './sections/threat.ts';
import { surveyFindings } from './survey.ts';
import { DEFAULT_TEMPLATE, FIXED_SECTIONS, type ReportTemplate } from './template.ts';
import { line } from './text.ts';

/** What a document is made of. */
export interface DocumentInput {
  readonly head: AssessmentHead;
  /** Read once, in their order of urgency. */
  readonly findings: AsyncIterable<Finding>;
  readonly method: Method;
  readonly previous?: PreviousAssessment | null;
  readonly history?: readonly TrendPoint[];
  readonly template?: ReportTemplate;
  readonly limits?: DocumentLimits;
}

const BUILDERS: Readonly<Record<SectionId, (context: ReportContext) => Block[]>> = {
  summary: summarySection,
  changes: changesSection,
  'heat-map': heatMapSection,
  money: moneySection,
  plan: planSection,
  threat: threatSection,
  findings: findingsSection,
  register: registerSection,
  accepted: acceptedSection,
  gaps: gapsSection,
  method: methodSection,
  attributions: () => [{ kind: 'list', isOrdered: false, items: ATTRIBUTIONS.map((text) => line(text, 500)) }],
};

/**
 * Builds the report that every typeset format shares: equal input gives an equal document. One pass over the findings; in memory are what the
 * limits let be shown and the sums of the rest.
 */
export async function buildDocument(input: DocumentInput): Promise<ReportDocument> {
  const {
    head,
    findings,
    method,
    previous = null,
    history = [],
    template = DEFAULT_TEMPLATE,
    limits = DEFAULT_LIMITS,
  } = input;
  const messages = messagesOf(template.language);
  const survey = await surveyFindings(findings, limits, messages);
  const context: ReportContext = {
    head,
    survey,
    messages,
    language: template.language,
    limits,
    previous,
    history,
    method,
  };
  const hidden = template.hidden.filter((id) => !FIXED_SECTIONS.includes(id));
  const shown = SECTION_IDS.filter((id) => !hidden.includes(id));
  const sections = shown.map((id) => ({ id, title: messages.sections[id], blocks: BUILDERS[id](context) }));
  return {
    language: template.language,
    cover: coverOf(context, template, hidden),
    branding: {
      organisation: template.organisation === null ? null : plainText(template.organisation, 120),
      logo: template.logo === null ? null : { ...template.logo, alt: plainText(template.logo.alt, 120) },
      accent: template.accent,
    },
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    words: messages.format,
  };
}
