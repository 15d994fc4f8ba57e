import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Finding } from '../domain/assessment/finding-schema.ts';
import { amountWords, fixWords, portfolioWords } from './loss-words.ts';
import type { ReportInput, Write } from './render-json.ts';
import {
  decisionWords,
  dueWords,
  epssWords,
  freshnessWords,
  levelWords,
  placeWords,
  plainText,
  reasonWords,
  standingWords,
} from './words.ts';

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

/** Gaps shown under the table; the document lists them all. */
const GAPS_SHOWN = 5;

type Colors = ReturnType<typeof createColors>;

/** The ranked table for a terminal, a few lines a finding, at most 100 columns; readable without colour. */
export async function renderTable({ head, findings }: ReportInput, write: Write, useColor: boolean): Promise<void> {
  const colors = createColors(useColor);
  await write(layOut(COLUMNS.map(({ title }) => colors.bold(title))));
  for await (const finding of findings) await write(layOut(toRow(finding, colors)));
  await write(footer(head, colors));
}

function toRow(finding: Finding, colors: Colors): string[] {
  const width = COLUMNS[2].width;
  return [
    paintLevel(finding, colors),
    plainText(finding.vulnerabilityId, 64),
    whatAndWhy(finding, width, colors),
    finding.cvss === null ? '–' : finding.cvss.baseScore.toFixed(1),
    epssWords(finding),
    { listed: 'yes', not_listed: 'no', unknown: '?' }[finding.kevStatus],
    `${decisionWords(finding)}\n${dueWords(finding)}`,
  ];
}

function whatAndWhy(finding: Finding, width: number, colors: Colors): string {
  const place = placeWords(finding);
  const lines = [clip(plainText(finding.title), width), ...(place === '' ? [] : [clip(place, width)])];
  const loss = finding.loss === null ? [] : [`expected loss ${amountWords(finding.loss.ale)} a year`];
  const standing = standingWords(finding);
  return [...lines, ...loss, colors.dim(reasonWords(finding)), ...(standing === '' ? [] : [standing])].join('\n');
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function paintLevel(finding: Finding, colors: Colors): string {
  const words = levelWords(finding);
  const paint = { Critical: colors.red, High: colors.yellow, Medium: colors.cyan, Low: colors.green };
  return finding.risk.level === null ? colors.dim(words) : paint[finding.risk.level](words);
}

/** One row: its cells broken to the widths of the columns, side by side. */
function layOut(cells: readonly string[]): string {
  const columns = COLUMNS.map(({ width }, index) => ({
    width,
    lines: wrapAnsi(cells[index] ?? '', width, { hard: true }).split('\n'),
  }));
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const padded = columns.map(({ width, lines }) => pad(lines[at] ?? '', width));
    return `${padded.join(' ').trimEnd()}\n`;
  }).join('');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function footer(head: ReportInput['head'], colors: Colors): string {
  const { summary, gaps, warnings, id } = head;
  const lines = [
    '',
    colors.bold(summary.headline),
    summary.text,
    ...summary.actions.map((action) => `• ${plainText(action, 600)}`),
    ...portfolioLines(head),
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

function portfolioLines({ portfolio }: ReportInput['head']): string[] {
  if (portfolio === null) return [];
  const fixes = fixWords(portfolio).map((line, index) => `  ${index + 1}. ${line}`);
  const title = fixes.length === 0 ? [] : ['Fixes that take most away, each after those above it:'];
  return ['', portfolioWords(portfolio), ...title, ...fixes];
}

/** Breaks a line at spaces so that it fits, further lines indented; a longer word stays whole. */
function wrap(line: string, width: number, indent: string): string[] {
  const [start = ''] = /^ */.exec(line) ?? [];
  const lines = wrapAnsi(line.slice(start.length), width - start.length - indent.length).split('\n');
  return lines.map((text, index) => start + (index === 0 ? '' : indent) + text);
}
