import { basename } from 'node:path';
import { RiskError } from '../kernel/risk-error.ts';
import type { RenderReport } from '../reports/report.ts';

/** A format: the endings of --output that choose it, and its renderer, which loads when it is used; null: not built yet. */
interface FormatEntry {
  readonly endings: readonly string[];
  readonly load: (() => Promise<RenderReport>) | null;
}

/** Formats of the outside contract, section 1. */
export const FORMATS = {
  table: {
    endings: ['.txt', '.table'],
    load: async () => {
      const { renderTable } = await import('../reports/render-table.ts');
      return ({ head, readFindings }, write, { useColor }) =>
        renderTable({ head, findings: readFindings() }, write, useColor);
    },
  },
  json: {
    endings: ['.json'],
    load: async () => {
      const { renderJson } = await import('../reports/render-json.ts');
      return ({ head, readFindingsAsJson }, write) => renderJson({ head, findings: readFindingsAsJson }, write);
    },
  },
  md: {
    endings: ['.md', '.markdown'],
    load: async () => {
      const { renderMarkdown } = await import('../reports/render-markdown.ts');
      return ({ head, readFindings }, write) => renderMarkdown(head, readFindings, write);
    },
  },
  html: {
    endings: ['.html', '.htm'],
    load: async () => (await import('../reports/html/render-html-report.ts')).renderHtmlReport,
  },
  pdf: { endings: ['.pdf'], load: null },
  docx: { endings: ['.docx'], load: null },
  csv: {
    endings: ['.csv'],
    load: async () => (await import('../reports/exports/render-csv.ts')).renderCsv,
  },
  sarif: {
    endings: ['.sarif', '.sarif.json'],
    load: async () => (await import('../reports/exports/sarif/render-sarif.ts')).renderSarif,
  },
  openvex: {
    endings: ['.openvex', '.openvex.json', '.vex.json'],
    load: async () => (await import('../reports/exports/render-openvex.ts')).renderOpenVex,
  },
  csaf: {
    endings: ['.csaf', '.csaf.json'],
    load: async () => (await import('../reports/exports/csaf/render-csaf.ts')).renderCsaf,
  },
  cyclonedx: {
    endings: ['.cyclonedx', '.cyclonedx.json', '.cdx.json'],
    load: async () => (await import('../reports/exports/cyclonedx/render-cyclonedx.ts')).renderCycloneDx,
  },
} as const satisfies Readonly<Record<string, FormatEntry>>;

export type Format = keyof typeof FORMATS;

const NAMES = Object.keys(FORMATS) as Format[];

/** What `--format` may be, for its help. */
export const FORMAT_NAMES: readonly Format[] = NAMES.filter((name) => FORMATS[name].load !== null);

/**
 * The format that is asked for: by name, else by the output's ending (the longest that fits), else a table.
 * @throws RiskError `BAD_INPUT` for an unknown one, `NOT_AVAILABLE_YET` for one that is not built.
 */
export function chooseFormat(name: string | undefined, outputPath: string | null): Format {
  const wanted = NAMES.find((format) => format === name) ?? (name === undefined ? formatOfEnding(outputPath) : null);
  if (wanted === null) {
    const asked = name ?? endingOf(outputPath).slice(1);
    throw new RiskError({ code: 'BAD_INPUT', message: `"${asked}" is no format; choose ${NAMES.join(', ')}` });
  }
  if (FORMATS[wanted].load !== null) return wanted;
  throw new RiskError({
    code: 'NOT_AVAILABLE_YET',
    message: `the format ${wanted} is not available yet; choose ${FORMAT_NAMES.join(', ')}`,
  });
}

function formatOfEnding(path: string | null): Format | null {
  const ending = endingOf(path);
  if (ending === '') return 'table';
  const file = basename(path ?? '').toLowerCase();
  const fitting = NAMES.flatMap((format) => FORMATS[format].endings.map((text) => ({ format, text })))
    .filter(({ text }) => file.endsWith(text))
    .sort((left, right) => right.text.length - left.text.length);
  return fitting[0]?.format ?? null;
}

/** The last ending of a file's name with its dot; a name that only begins with a dot has none. */
function endingOf(path: string | null): string {
  return /.(\.[^.]*)$/.exec(basename(path ?? '').toLowerCase())?.[1] ?? '';
}
