import { Command, Option } from 'commander';
import { notAvailableYet } from './not-available.ts';
import { VERSION } from './version.ts';

/** Commands and options of the outside contract that are not built yet: known, and refused with exit code 2. */
const LATER_COMMANDS = [
  'ingest',
  'ask',
  'diff',
  'serve',
  'worker',
  'mcp',
  'costs',
  'cache',
  'queue',
  'db',
  'keys',
  'audit',
] as const;
const LATER_FLAGS = [
  ['--stream', 'show text as it is written'],
  ['--economy', 'half-price batch API'],
  ['--dry-run', 'plan and cost estimate; nothing is called'],
  ['--distributed', 'run on the queue'],
  ['--create-tickets', 'create a ticket for each fix'],
  ['--yes', 'do not ask before creating tickets'],
  ['--assets <file>', 'assets as CSV or JSON'],
  ['--servicenow [query]', 'assets and incidents from ServiceNow'],
  ['--batch-size <n>', 'CVEs a model call'],
  ['--concurrency <n>', 'calls at once'],
  ['--max-cost <usd>', 'cost cap of the language model'],
  ['--map <column=field>', 'columns of a CSV file'],
  ['--profile <dir>', 'write a CPU profile'],
] as const;

/** Remembers the exit code that an action comes to. */
export type SetExitCode = (code: number) => void;

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
  addStored(program, setExitCode);
  program
    .command('doctor')
    .description('check the installation and tell which optimisations are on')
    .option('--json', 'as JSON')
    .action(async (options) => setExitCode(await (await import('./doctor-command.ts')).runDoctor(options)));
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

const formatOption = () =>
  new Option('--format <format>', 'table, json or md; default: by the ending of --output, else table');
const outputOption = () => new Option('--output <path>', 'write the result to a file');

function addAssess(program: Command, setExitCode: SetExitCode): void {
  const assess = program
    .command('assess')
    .description('assess vulnerabilities: decide what must be fixed when, and why')
    .argument('[target...]', 'CVE ids, a file with CVE ids, - for standard input, or text that names CVEs')
    .addOption(formatOption())
    .addOption(outputOption())
    .option('--offline', 'no network at all: mirror and bundled snapshot only')
    .option('--no-llm', 'rules write the prose (the default while no language model is configured)')
    .addOption(
      new Option('--exposure <exposure>', 'where the CVEs sit').choices(['open', 'controlled', 'small', 'unknown']),
    )
    .addOption(new Option('--fail-on <level>', 'exit 4 at this level or above').choices(['critical', 'high', 'medium']))
    .option('--resume <id>', 'continue an interrupted assessment')
    .option('--quiet', 'no progress and no warnings on standard error')
    .option('--verbose', 'tell each step on standard error');
  for (const [flags, description] of LATER_FLAGS) {
    assess.addOption(new Option(flags, `${description} (not available yet)`).hideHelp());
  }
  assess.action(async (targets, options) => {
    refuseLater(options);
    setExitCode(await (await import('./assess-command.ts')).runAssess(targets, options));
  });
}

function refuseLater(options: Readonly<Record<string, unknown>>): void {
  for (const [flags] of LATER_FLAGS) {
    const option = new Option(flags);
    if (options[option.attributeName()] !== undefined) notAvailableYet(option.long ?? flags);
  }
}

function addSync(program: Command, setExitCode: SetExitCode): void {
  program
    .command('sync')
    .description('fill or refresh the local mirror')
    .argument('[source...]', 'kev, epss, attack or all (nvd and ssvc: not available yet)')
    .addOption(new Option('--from <path>', 'load from local files (not available yet)').hideHelp())
    .action(async (sources, options) => {
      if (options.from !== undefined) notAvailableYet('--from');
      setExitCode(await (await import('./sync-command.ts')).runSync(sources));
    });
}

function addStored(program: Command, setExitCode: SetExitCode): void {
  program
    .command('list')
    .description('stored assessments, newest first')
    .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (options) => setExitCode(await (await import('./list-command.ts')).runList(options)));
  for (const [name, description] of [
    ['show', 'a stored assessment'],
    ['report', 'render a stored assessment again'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<id>', 'id of the assessment (eras list shows them)')
      .addOption(formatOption())
      .addOption(outputOption())
      .action(async (id, options) => setExitCode(await (await import('./show-command.ts')).runShow(id, options)));
  }
}
