import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Checks the layer rule, and that it was really checked: with some compiler versions the cruiser sees no module at all and
 * passes. Also holds the table in ARCHITECTURE.md to architecture.json.
 */
const LEAST_MODULES = 50;

const { layers } = JSON.parse(readFileSync('architecture.json', 'utf8')) as { layers: Record<string, string[]> };

/** The layer table as Markdown. */
function layerTable(): string {
  const rows = Object.entries(layers).map(
    ([layer, allowed]) =>
      `| \`${layer}\` | ${allowed.length === 0 ? '–' : allowed.map((name) => `\`${name}\``).join(', ')} |`,
  );
  return ['| layer | may import |', '|---|---|', ...rows].join('\n');
}

function cruise(): {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
} {
  const args = ['depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  try {
    return JSON.parse(
      execFileSync('npx', args, {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && String(error.stdout).startsWith('{'))
      return JSON.parse(String(error.stdout));
    throw error;
  }
}

const problems: string[] = [];
const { summary } = cruise();
for (const { from, to, rule } of summary.violations) problems.push(`${rule.name}: ${from} → ${to}`);
if (summary.totalCruised < LEAST_MODULES)
  problems.push(`only ${summary.totalCruised} modules were looked at: the layer rule was not checked`);
if (!readFileSync('ARCHITECTURE.md', 'utf8').includes(layerTable())) {
  problems.push(`the layer table of ARCHITECTURE.md differs from architecture.json; it should be:\n${layerTable()}`);
}
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`layers: ${summary.totalCruised} modules keep the rule`);
process.exitCode = problems.length === 0 ? 0 : 1;
