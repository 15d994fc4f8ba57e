import { basename } from 'node:path';
import { RiskError } from '../kernel/risk-error.ts';
import type { RenderReport } from '../reports/report.ts';

/** What `eras report` can be told of the document's looks and contents. */
export type DocumentOption = 'template' | 'lang' | 'since';

const DOCUMENT_OPTIONS = ['template', 'lang', 'since'] as const satisfies readonly DocumentOption[];

/** A format: the endings of --output that choose it, and its renderer, which loads when it is used. */
interface FormatEntry {
  readonly endings: readonly string[];
  /** Not for a terminal: it needs a file. */
  readonly isBinary?: true;
  /** Options of `eras report` that it heeds; others are told to have no effect. */
  readonly heeds?: readonly DocumentOption[];
  readonly load: () => Promise<RenderReport>;
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
    heeds: ['template', 'since'],
    load: async () => {
      const { renderMarkdown } = await import('../reports/markdown/render-markdown.ts');
      return async ({ head, readFindings }, write, { document }) =>
        renderMarkdown(head, readFindings, write, await document());
    },
  },
  html: {
    endings: ['.html', '.htm'],
    heeds: DOCUMENT_OPTIONS,
    load: async () => (await import('../reports/html/render-html-report.ts')).renderHtmlReport,
  },
  pdf: {
    endings: ['.pdf'],
    heeds: DOCUMENT_OPTIONS,
    isBinary: true,
    load: async () => (await import('../reports/pdf/create-pdf-renderer.ts')).createPdfRenderer(),
  },
  docx: {
    endings: ['.docx'],
    heeds: DOCUMENT_OPTIONS,
    isBinary: true,
    load: async () => (await import('../reports/docx/create-docx-renderer.ts')).createDocxRenderer(),
  },
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

/** What `--format` may be. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

/**
 * The format that is asked for: by name, else by the output's ending (the longest that fits), else a table.
 * @throws RiskError `BAD_INPUT` for an unknown one and for a binary one without an output.
 */
export function chooseFormat(name: string | undefined, outputPath: string | null): Format {
  const wanted =
    FORMAT_NAMES.find((format) => format === name) ?? (name === undefined ? formatOfEnding(outputPath) : null);
  if (wanted === null) {
    const asked = name ?? endingOf(outputPath).slice(1);
    throw new RiskError({ code: 'BAD_INPUT', message: `"${asked}" is no format; choose ${FORMAT_NAMES.join(', ')}` });
  }
  const entry: FormatEntry = FORMATS[wanted];
  if (entry.isBinary && outputPath === null) {
    const message = `${wanted} is binary and needs a file: name one with --output FILE${entry.endings[0] ?? ''}`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  return wanted;
}

/** Loads what a binary format needs, before any work is done. @throws RiskError `OUTPUT_FAILED` where a package is not installed */
export async function prepareFormat(format: Format): Promise<void> {
  const { isBinary, load }: FormatEntry = FORMATS[format];
  if (isBinary) await load();
}

/** A line that names the options that a format does not heed; null where it heeds all that are given. */
export function unheededOptions(
  format: Format,
  given: Readonly<Partial<Record<DocumentOption, unknown>>>,
): string | null {
  const { heeds = [] }: FormatEntry = FORMATS[format];
  const unheeded = DOCUMENT_OPTIONS.filter((option) => given[option] !== undefined && !heeds.includes(option));
  if (unheeded.length === 0) return null;
  const heeding = FORMAT_NAMES.filter((name) => {
    const entry: FormatEntry = FORMATS[name];
    return unheeded.every((option) => entry.heeds?.includes(option));
  });
  const options = unheeded.map((option) => `--${option}`).join(' and ');
  return `warning: ${options} ${unheeded.length === 1 ? 'has' : 'have'} no effect on ${format}; choose ${heeding.join(', ')}`;
}

function formatOfEnding(path: string | null): Format | null {
  const ending = endingOf(path);
  if (ending === '') return 'table';
  const file = basename(path ?? '').toLowerCase();
  const fitting = FORMAT_NAMES.flatMap((format) => FORMATS[format].endings.map((text) => ({ format, text })))
    .filter(({ text }) => file.endsWith(text))
    .sort((left, right) => right.text.length - left.text.length);
  return fitting[0]?.format ?? null;
}

/** The last ending of a file's name with its dot; a name that only begins with a dot has none. */
function endingOf(path: string | null): string {
  return /.(\.[^.]*)$/.exec(basename(path ?? '').toLowerCase())?.[1] ?? '';
}
