import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchIntelligence } from './intelligence.ts';
import { benchKnowledge } from './knowledge.ts';
import { benchLanguageModel } from './language-model.ts';
import { type Figure, renderFigures, timeCommand, toFigure } from './measure.ts';
import { benchMoney } from './money.ts';
import { benchNvdKeys } from './nvd-keys.ts';
import { benchOnline } from './online.ts';
import { benchReports } from './reports.ts';
import { benchScoring } from './scoring.ts';
import { benchStore } from './store.ts';

/**
 * Runs every bench against the built command line (`npm run build` first) and prints the figures; with `keys` (which waits for NVD's limits
 * ten minutes) or `reports`, that one and no other. No test: nothing fails on time.
 */
const ALONE = new Map([
  ['keys', benchNvdKeys],
  ['reports', benchReports],
]);
const figures = await (ALONE.get(process.argv[2] ?? '') ?? benchAll)();
console.log(renderFigures(figures));

async function benchAll(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-'));
  const env = { ERAS_HOME: home };
  try {
    return [
      toFigure('`eras --help`, whole process', timeCommand(['--help'], env, 15), 150, 'ms'),
      toFigure(
        '`eras assess CVE-2021-44228 --offline --format json`, whole process',
        timeCommand(['assess', 'CVE-2021-44228', '--offline', '--format', 'json'], env, 15),
        700,
        'ms',
      ),
      benchScoring(),
      ...benchMoney(),
      ...(await benchIntelligence()),
      ...(await benchOnline()),
      ...(await benchLanguageModel()),
      ...(await benchKnowledge()),
      ...(await benchReports()),
      ...(await benchStore()),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
