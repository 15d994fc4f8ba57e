import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { ReportInput, Write } from './render-json.ts';
import { decisionWords, dueWords, epssWords, freshnessWords, levelWords, plainText, reasonWords } from './words.ts';

/** Inner widths; with the gaps between them they fill 100 columns. */
const COLUMNS = [
  { title: 'Level', width: 9 },
  { title: 'CVE', width: 16 },
  { title: 'What and why', width: 39 },
  { title: 'CVSS', width: 4 },
  { title: 'EPSS', width: 5 },
  { title: 'KEV', width: 3 },
  { title: 'Decision', width: 18 },
] as const;

/** Rows laid out at once: the table is written as it grows. */
const PAGE = 200;
/** Gaps shown under the table; the document lists them all. */
const GAPS_SHOWN = 5;

type Colors = ReturnType<typeof createColors>;

/** The ranked table for a terminal, two or three lines a finding, at most 100 columns; readable without colour. */
export async function renderTable({ head, findings }: ReportInput, write: Write, useColor: boolean): Promise<void> {
  const colors = createColors(useColor);
  let rows: string[][] = [COLUMNS.map(({ title }) => colors.bold(title))];
  for await (const finding of findings) {
    rows.push(toRow(finding, colors));
    if (rows.length >= PAGE) {
      await write(layOut(rows));
      rows = [];
    }
  }
  if (rows.length > 0) await write(layOut(rows));
  await write(footer(head, colors));
}

function toRow(finding: Finding, colors: Colors): string[] {
  const width = COLUMNS[2].width;
  return [
    paintLevel(finding, colors),
    finding.vulnerabilityId,
    [clip(plainText(finding.title), width), ...wrap(reasonWords(finding), width, '').map(colors.dim)].join('\n'),
    finding.cvss === null ? '–' : finding.cvss.baseScore.toFixed(1),
    epssWords(finding),
    { listed: 'yes', not_listed: 'no', unknown: '?' }[finding.kevStatus],
    `${decisionWords(finding)}\n${dueWords(finding)}`,
  ];
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function paintLevel(finding: Finding, colors: Colors): string {
  const words = levelWords(finding);
  const paint = { Critical: colors.red, High: colors.yellow, Medium: colors.cyan, Low: colors.green };
  return finding.risk.level === null ? colors.dim(words) : paint[finding.risk.level](words);
}

function layOut(rows: readonly string[][]): string {
  const none = [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
  ] as const;
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'] as const;
  const table = new Table({
    chars: { ...Object.fromEntries([...none, ...inner].map((name) => [name, ''])), middle: ' ' },
    colWidths: COLUMNS.map(({ width }) => width),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows);
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function footer(head: ReportInput['head'], colors: Colors): string {
  const { summary, gaps, warnings, id } = head;
  const lines = [
    '',
    colors.bold(summary.headline),
    summary.text,
    ...summary.actions.map((action) => `• ${plainText(action, 600)}`),
  ];
  if (gaps.length > 0) {
    lines.push('', `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}:`);
    lines.push(
      ...gaps
        .slice(0, GAPS_SHOWN)
        .map(
          ({ cveId, source, reason }) =>
            `  ${cveId ?? source}: ${cveId === null ? '' : `${source}: `}${plainText(reason)}`,
        ),
    );
    if (gaps.length > GAPS_SHOWN) lines.push(`  … and ${gaps.length - GAPS_SHOWN} more (--format json lists them)`);
  }
  lines.push(...warnings.map((warning) => `warning: ${plainText(warning)}`));
  lines.push('', colors.dim(`Facts: ${freshnessWords(head)}`), colors.dim(`Assessment ${id}`), '');
  return lines.flatMap((line) => wrap(line, 100, '  ')).join('\n');
}

/** Breaks a line at spaces so that it fits, further lines indented; a longer word stays whole. */
function wrap(line: string, width: number, indent: string): string[] {
  const [start = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let current = start;
  for (const word of line.slice(start.length).split(' ')) {
    const isFirst = current.trim() === '';
    if (isFirst) current += word;
    else if (current.length + 1 + word.length <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = start + indent + word;
    }
  }
  return [...lines, current];
}
