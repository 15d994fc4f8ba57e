import { isColorDeclined } from '../config/process-config.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { ReportInput } from '../reports/render-json.ts';
import { renderJson } from '../reports/render-json.ts';
import type { Format } from './formats.ts';
import type { Output } from './output.ts';

/** Renders an assessment into an open output; the renderers load only when they are used. */
export async function renderAssessment(
  head: AssessmentHead,
  readFindings: () => ReportInput['findings'],
  format: Format,
  output: Output,
): Promise<void> {
  if (format === 'json') await renderJson({ head, findings: readFindings() }, output.write);
  else if (format === 'md') {
    const { renderMarkdown } = await import('../reports/render-markdown.ts');
    await renderMarkdown(head, readFindings, output.write);
  } else {
    const { renderTable } = await import('../reports/render-table.ts');
    await renderTable({ head, findings: readFindings() }, output.write, output.isTerminal && !isColorDeclined());
  }
  await output.finish();
}
