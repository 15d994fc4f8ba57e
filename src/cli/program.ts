import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { COST_GROUPS } from '../domain/language-model/cost-group.ts';
import { addDb } from './db-program.ts';
import { addDecide } from './decide-program.ts';
import { FORMAT_NAMES } from './formats.ts';
import { notAvailableYet } from './not-available.ts';
import type { SetExitCode } from './set-exit-code.ts';
import { VERSION } from './version.ts';

/** Commands and options of the outside contract that are not built yet: known, and refused with exit code 2. */
const LATER_COMMANDS = ['serve', 'mcp', 'keys'] as const;

/** The command line of the outside contract. Actions load their code when they run, so that help stays fast. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command('eras')
    .description('Enterprise Risk Assessment System: CVEs in; decided, explained and written risk assessments out.')
    .version(VERSION)
    .exitOverride()
    // One line: what, and what to do.
    .configureOutput({
      outputError: (text, write) => write(`eras: ${toOneLine(text)}; eras --help shows how it is used\n`),
    });
  addAssess(program, setExitCode);
  addSync(program, setExitCode);
  addKnowledge(program, setExitCode);
  addStored(program, setExitCode);
  program
    .command('costs')
    .description('what the language model has cost')
    .addOption(new Option('--by <group>', 'day, model, agent or assessment').choices(COST_GROUPS))
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (options) => setExitCode(await (await import('./costs-command.ts')).runCosts(options)));
  program
    .command('cache')
    .description('the caches of responses and of embeddings: what they hold (stats), or make them empty (clear)')
    .addArgument(new Argument('<action>').choices(['stats', 'clear']))
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .addOption(new Option('--only <cache>', 'clear no other one').choices(['responses', 'embeddings']))
    .action(async (action, options) =>
      setExitCode(await (await import('./cache-command.ts')).runCache(action, options)),
    );
  addFleet(program, setExitCode);
  program
    .command('doctor')
    .description('check the installation and tell which optimisations are on')
    .option('--json', 'as JSON')
    .option('--offline', 'ask no server and no service')
    .action(async (options) => setExitCode(await (await import('./doctor-command.ts')).runDoctor(options)));
  program
    .command('audit')
    .description('the audit log of everything that was written to the outside: whether its hash chain holds (verify)')
    .addArgument(new Argument('<action>').choices(['verify']))
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (_, options) => setExitCode(await (await import('./audit-command.ts')).runAuditVerify(options)));
  addDb(program, setExitCode);
  addDecide(program, setExitCode);
  for (const name of LATER_COMMANDS) {
    program
      .command(name, { hidden: true })
      .allowUnknownOption()
      .argument('[args...]')
      .action(() => notAvailableYet(`eras ${name}`));
  }
  return program;
}

function toOneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[.\s]+$/, '');
}

/** Gathers the values of a flag that may be given several times. */
const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const formatOption = () =>
  new Option('--format <format>', `${FORMAT_NAMES.join(', ')}; default: by the ending of --output, else table`);
const outputOption = () => new Option('--output <path>', 'write the result to a file');

function addAssess(program: Command, setExitCode: SetExitCode): void {
  const assess = program
    .command('assess')
    .description('assess vulnerabilities: decide what must be fixed when, and why')
    .argument(
      '[target...]',
      'CVE ids, a file (SBOM, scanner report, table, list, text), - for standard input, or text that names CVEs',
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .option('--offline', 'no network at all: mirror and bundled snapshot only')
    .option('--no-llm', 'rules write the prose (the default while no language model is configured)')
    .option('--stream', 'show text as it is written; where standard output is no terminal, an event a line (NDJSON)')
    .addOption(
      new Option('--batch-size <n>', 'findings a call of the language model at most')
        .argParser(wholeNumber)
        .default(undefined, '50'),
    )
    .addOption(
      new Option('--concurrency <n>', 'calls of the language model at the same time')
        .argParser(wholeNumber)
        .default(undefined, '16'),
    )
    .addOption(
      new Option('--max-cost <usd>', 'most that the language model may cost; rules write the rest').argParser(amount),
    )
    .addOption(
      new Option('--exposure <exposure>', 'where the CVEs sit').choices(['open', 'controlled', 'small', 'unknown']),
    )
    .option(
      '--assets <file>',
      'what the vulnerabilities are on: assets as CSV or JSON, with criticality, exposure, hostnames',
    )
    .option(
      '--servicenow [query]',
      'incidents of ServiceNow that an encoded query selects (default: active=true), and their assets',
    )
    .option('--map <column=field>', 'what a column of a table holds, such as "Vuln ID=cve" (repeatable)', collect, [])
    .addOption(new Option('--fail-on <level>', 'exit 4 at this level or above').choices(['critical', 'high', 'medium']))
    .option('--distributed', 'on the queue (REDIS_URL): workers do it, and this process follows them')
    .option('--economy', 'half-price batches of the language model, where its provider has them: patient')
    .option('--create-tickets', 'after a question, a ticket for each fix: created, updated, and closed when it is gone')
    .option('--yes', 'do not ask before tickets are written')
    .option(
      '--dry-run',
      'plan, calls and cost estimate; nothing is called; with --create-tickets the exact requests (tickets are looked up)',
    )
    .option('--resume <id>', 'continue an interrupted assessment')
    .option('--profile <dir>', 'write where the time went: CPU profile, heap, a readable top 20, a flame graph')
    .option('--quiet', 'no progress and no warnings on standard error')
    .option('--verbose', 'tell each step on standard error');
  assess.action(async (targets, options) => {
    setExitCode(await (await import('./assess-command.ts')).runAssess(targets, options));
  });
}

/** Largest count that makes sense for calls and batches. */
const LARGEST_COUNT = 1000;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= LARGEST_COUNT) return value;
  throw new InvalidArgumentError(`It is no whole number from 1 to ${LARGEST_COUNT}`);
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It is no amount in USD, such as 0.50');
}

function addSync(program: Command, setExitCode: SetExitCode): void {
  program
    .command('sync')
    .description('fill or refresh the local mirror')
    .argument('[source...]', 'nvd, kev, epss, ssvc, attack or all')
    .option('--from <path>', 'load from a local file, folder or archive (NVD, KEV, EPSS, ATT&CK, CVE JSON 5)')
    .action(async (sources, options) => {
      setExitCode(await (await import('./sync-command.ts')).runSync(sources, options));
    });
}

function addFleet(program: Command, setExitCode: SetExitCode): void {
  program
    .command('worker')
    .description('a worker of the distributed queue (REDIS_URL): takes jobs until it is asked to stop')
    .addOption(
      new Option('--concurrency <n>', 'jobs at the same time that wait for sources or models')
        .argParser(wholeNumber)
        .default(8),
    )
    .option('--only <kinds>', 'kinds of jobs to take, separated by commas: gather, score, write, report')
    .action(async (options) => setExitCode(await (await import('./worker-command.ts')).runWorkerCommand(options)));
  program
    .command('queue')
    .description(
      'the distributed queue: how it stands (state), jobs that failed for good (dead), and what becomes of them',
    )
    .addArgument(new Argument('[action]').choices(['state', 'dead', 'replay', 'remove']).default('state'))
    .argument('[id...]', 'ids of dead jobs, for replay and remove')
    .option('--all', 'every dead job')
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (action, ids, options) =>
      setExitCode(await (await import('./queue-command.ts')).runQueue(action, ids, options)),
    );
}

function addKnowledge(program: Command, setExitCode: SetExitCode): void {
  program
    .command('ingest')
    .description('take documents into the knowledge base')
    .argument('<path...>', 'files, folders or patterns (PDF, DOCX, Markdown, HTML, text, XLSX, CSV)')
    .option('--workers <n>', 'documents at the same time; default: as many as there are cores', wholeNumber)
    .option(
      '--field <field=value>',
      'what to say of each document, such as system=payments, until it is said anew (repeatable; system= takes it back)',
      collect,
      [],
    )
    .option('--prune', 'remove what is no longer in the folders')
    .option('--reembed', 'empty a knowledge base of another embedding model and take the documents in again')
    .option('--quiet', 'no progress')
    .action(async (paths, options) =>
      setExitCode(await (await import('./ingest-command.ts')).runIngest(paths, options)),
    );
  program
    .command('ask')
    .description('answer a question from the documents, with citations')
    .argument('[question...]', 'the question')
    .option(
      '--filter <field=value>',
      'only documents of which this is said, such as type=pdf|docx, date>=2026-01-01, cve=CVE-2021-44228 or, of a value with a | in it, system="pay|hr" (repeatable)',
      collect,
      [],
    )
    .addOption(new Option('--top <n>', 'passages to show').default(5).argParser(wholeNumber))
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .option('--no-llm', 'the best passages, as they stand')
    .option('--technique', 'which ATT&CK technique the text describes, instead of an answer')
    .option(
      '--examples <file>',
      'with --technique: texts of known techniques, CSV or JSON lines with text and technique (repeatable)',
      collect,
      [],
    )
    .option('--rerank', 'a language model puts the passages that were found in order')
    .option('--verbose', 'tell on standard error what was looked for')
    .option('-i', 'go on with a question a line from standard input, until it ends or says exit')
    .action(async (question, options) => {
      setExitCode(await (await import('./ask-command.ts')).runAsk(question, options));
    });
}

function addStored(program: Command, setExitCode: SetExitCode): void {
  program
    .command('list')
    .description('stored assessments, newest first')
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (options) => setExitCode(await (await import('./list-command.ts')).runList(options)));
  program
    .command('diff')
    .description('what changed between two stored assessments')
    .argument('<from>', 'id of the earlier assessment')
    .argument('<to>', 'id of the later one')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (from, to, options) =>
      setExitCode(await (await import('./diff-command.ts')).runDiff(from, to, options)),
    );
  const addShown = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<id>', 'id of the assessment (eras list shows them)')
      .addOption(formatOption())
      .addOption(outputOption())
      .action(async (id, options) => setExitCode(await (await import('./show-command.ts')).runShow(id, options)));
  addShown('show', 'a stored assessment');
  addShown('report', 'render a stored assessment again')
    .option(
      '--template <file>',
      'how the report looks (JSON or YAML): names, logo, colour, marking, sections; or a Word file for its styles',
    )
    .addOption(new Option('--lang <language>', 'language of the fixed words').choices(['en', 'de']))
    .option('--since <id>', 'what changed since this earlier assessment');
}
