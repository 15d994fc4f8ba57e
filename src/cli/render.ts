import type { Config } from '../config/config.ts';
import { isColorDeclined } from '../config/process-config.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { clipLine } from '../kernel/clip.ts';
import type { FindingReader } from '../reports/render-json.ts';
import type { DocumentSettings, RenderReport } from '../reports/report.ts';
import { reportKnowledge } from '../runtime/report-knowledge.ts';
import type { DocumentOptions } from './document-settings.ts';
import { FORMATS, type Format } from './formats.ts';
import type { Output } from './output.ts';
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
        const warning = format === 'docx' ? unreadableWords(settings) : null;
        if (warning !== null) process.stderr.write(`${warning}\n`);
        return settings;
      },
    },
  );
  await output.finish();
}

/** Styles that a line names; a template may have hundreds. */
const MOST_NAMED = 5;

/** That styles of a Word template are not taken as they are; null where all are. */
function unreadableWords({ template }: DocumentSettings): string | null {
  const names = template?.word?.unreadable ?? [];
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMED).map((name) => `"${clipLine(name, 60)}"`);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `warning: the Word template has text that cannot be read (white, or smaller than 6 pt) in ${shown.join(', ')}${more}: these colours and sizes are not taken`;
}
