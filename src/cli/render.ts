import { isColorDeclined } from '../config/process-config.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { type FindingReader, renderJson } from '../reports/render-json.ts';
import type { Format } from './formats.ts';
import type { Output } from './output.ts';

/** Renders an assessment into an open output; the renderers load only when they are used. */
export async function renderAssessment(
  head: AssessmentHead,
  store: FindingReader,
  format: Format,
  output: Output,
): Promise<void> {
  if (format === 'json') {
    await renderJson({ head, findings: (separator) => store.readFindingsAsJson(head.id, separator) }, output.write);
  } else if (format === 'md') {
    const { renderMarkdown } = await import('../reports/render-markdown.ts');
    await renderMarkdown(head, () => store.readFindings(head.id), output.write);
  } else {
    const { renderTable } = await import('../reports/render-table.ts');
    await renderTable(
      { head, findings: store.readFindings(head.id) },
      output.write,
      output.isTerminal && !isColorDeclined(),
    );
  }
  await output.finish();
}
