import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchChroma } from './chroma.ts';
import { benchImpact, type Impact } from './impact.ts';
import { benchIntelligence } from './intelligence.ts';
import { benchKnowledge } from './knowledge.ts';
import { benchLanguageModel } from './language-model.ts';
import { benchLargeIntake } from './large-intake.ts';
import { type Figure, timeCommand, toFigure } from './measure.ts';
import { benchMoney } from './money.ts';
import { benchNvdKeys } from './nvd-keys.ts';
import { benchOnline } from './online.ts';
import { runProgram } from './program.ts';
import { benchReports } from './reports.ts';
import { benchScoring } from './scoring.ts';
import { benchSla, type Sla } from './sla.ts';
import { benchStore } from './store.ts';

/** What benches find: the guide's two tables, and figures against our own targets. */
export interface Findings {
  readonly slas: readonly Sla[];
  readonly impacts: readonly Impact[];
  readonly figures: readonly Figure[];
}

/** A bench that runs alone by its name. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Too long, or in need of too much, to be part of all. */
  readonly isApart?: boolean;
  run(): Promise<Partial<Findings>>;
}

const figuresOf = (bench: () => Figure[] | Promise<Figure[]>) => async () => ({ figures: await bench() });

/** Every bench; those of a fleet are programs of their own, which print their figures themselves. */
export const BENCHES: readonly Bench[] = [
  { name: 'sla', about: "the guide's operations, p50 and p95", run: async () => ({ slas: await benchSla() }) },
  {
    name: 'impact',
    about: 'each optimisation switched off in turn',
    run: async () => ({ impacts: await benchImpact() }),
  },
  { name: 'start', about: 'start-up of the command line, whole processes', run: figuresOf(benchStart) },
  { name: 'scoring', about: '10,000 findings decided and ranked', run: figuresOf(() => [benchScoring()]) },
  { name: 'money', about: 'losses simulated and put together', run: figuresOf(benchMoney) },
  {
    name: 'mirror',
    about: '300,000 CVEs loaded and looked up, 100,000 findings on 5,000 assets (ERAS_TEST_DATA)',
    run: figuresOf(benchIntelligence),
  },
  { name: 'online', about: '100 CVEs from sources of 200 ms', run: figuresOf(benchOnline) },
  { name: 'models', about: '1 to 200 CVEs written by a model, time and cost', run: figuresOf(benchLanguageModel) },
  { name: 'knowledge', about: 'retrieval, and taking documents in', run: figuresOf(benchKnowledge) },
  { name: 'reports', about: '200 to 100,000 findings in each format', run: figuresOf(benchReports) },
  { name: 'store', about: '10,000 findings saved and read, embedded and PostgreSQL', run: figuresOf(benchStore) },
  {
    name: 'chroma',
    about: '100,000 passages on a real Chroma server (npm ci --prefix test/services): ten minutes',
    isApart: true,
    run: figuresOf(benchChroma),
  },
  {
    name: 'keys',
    about: "NVD's rate limits with 1, 2 and 4 keys: ten minutes",
    isApart: true,
    run: figuresOf(benchNvdKeys),
  },
  {
    name: 'large-intake',
    about: 'SARIF, Trivy and Grype of 500 MB each, time and memory: ten minutes, 2 GB of disk',
    isApart: true,
    run: figuresOf(benchLargeIntake),
  },
  {
    name: 'fleet',
    about: 'work that waits over 1, 2 and 4 workers, and the queue itself (redis-server)',
    isApart: true,
    run: () => runProgram('bench/fleet.ts'),
  },
  {
    name: 'portfolio',
    about: '10,000 CVEs over four workers (redis-server): five minutes',
    isApart: true,
    run: () => runProgram('bench/fleet-portfolio.ts'),
  },
  {
    name: 'chaos',
    about: 'a fleet whose workers are killed (redis-server, PostgreSQL): two minutes',
    isApart: true,
    run: () => runProgram('bench/chaos.ts'),
  },
];

const RUNS = 15;

async function benchStart(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'eras-bench-'));
  const env = { ERAS_HOME: home };
  try {
    const assess = ['assess', 'CVE-2021-44228', '--offline', '--format', 'json'];
    return [
      toFigure('`eras --help`, whole process', timeCommand(['--help'], env, RUNS), 150, 'ms'),
      toFigure(`\`eras ${assess.join(' ')}\`, whole process`, timeCommand(assess, env, RUNS), 700, 'ms'),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
