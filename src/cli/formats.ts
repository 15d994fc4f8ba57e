import { extname } from 'node:path';
import { RiskError } from '../kernel/risk-error.ts';

/** Formats of the outside contract, section 1, and whether they are built. */
const FORMATS = {
  table: true,
  json: true,
  md: true,
  html: false,
  pdf: false,
  docx: false,
  csv: false,
  sarif: false,
  openvex: false,
  csaf: false,
  cyclonedx: false,
} as const;

export type Format = 'table' | 'json' | 'md';

const FORMAT_OF_ENDING: Readonly<Record<string, string>> = { '.markdown': 'md', '.txt': 'table', '.htm': 'html' };

/**
 * The format that is asked for: by name, else by the output's ending, else a table.
 * @throws RiskError `BAD_INPUT` for an unknown one, `NOT_AVAILABLE_YET` for one that is not built.
 */
export function chooseFormat(name: string | undefined, outputPath: string | null): Format {
  const ending = outputPath === null ? '' : extname(outputPath).toLowerCase();
  const wanted = name ?? FORMAT_OF_ENDING[ending] ?? (ending === '' ? 'table' : ending.slice(1));
  if (!(wanted in FORMATS)) {
    const message = `"${wanted}" is no format; choose ${Object.keys(FORMATS).join(', ')}`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  if (wanted === 'table' || wanted === 'json' || wanted === 'md') return wanted;
  throw new RiskError({
    code: 'NOT_AVAILABLE_YET',
    message: `the format ${wanted} is not available yet; choose table, json or md`,
  });
}
