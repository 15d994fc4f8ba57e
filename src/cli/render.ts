import type { Config } from '../config/config.ts';
import { isColorDeclined } from '../config/process-config.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { FindingReader } from '../reports/render-json.ts';
import type { RenderReport } from '../reports/report.ts';
import { reportKnowledge } from '../runtime/report-knowledge.ts';
import type { DocumentOptions } from './document-settings.ts';
import { FORMATS, type Format } from './formats.ts';
import type { Output } from './output.ts';
import { unreadableStyles } from './unreadable-styles.ts';
import { VERSION } from './version.ts';

/** Renders an assessment into an open output; the renderers load only when they are used. */
export async function renderAssessment(
  head: AssessmentHead,
  store: FindingReader,
  format: Format,
  output: Output,
  config: Pick<Config, 'publisher' | 'report' | 'levels'>,
  options: DocumentOptions = {},
): Promise<void> {
  const load: () => Promise<RenderReport> = FORMATS[format].load;
  const render = await load();
  await render(
    {
      head,
      readFindings: () => store.readFindings(head.id),
      readFindingsAsJson: (separator) => store.readFindingsAsJson(head.id, separator),
    },
    output.write,
    {
      useColor: output.isTerminal && !isColorDeclined(),
      version: VERSION,
      publisher: config.publisher,
      ...reportKnowledge,
      document: async () => {
        const { readDocumentSettings } = await import('./document-settings.ts');
        const settings = await readDocumentSettings(config, options);
        const warning = format === 'docx' ? unreadableStyles(settings) : null;
        if (warning !== null) process.stderr.write(`${warning}\n`);
        return settings;
      },
    },
  );
  await output.finish();
}
