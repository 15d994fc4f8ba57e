import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SetExitCode } from './set-exit-code.ts';

const formatOption = () => new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table');

/** `eras db`: what is done with the store as a whole. Actions load their code when they run. */
export function addDb(program: Command, setExitCode: SetExitCode): void {
  const db = program.command('db').description('the store: backup, export, import, prune');
  db.command('backup')
    .description('a copy of the store, while others write: its file, or of PostgreSQL an archive')
    .option('--output <file>', 'where to; default: a file of its own in the folder backups under ERAS_HOME')
    .addOption(formatOption())
    .action(async (options) => setExitCode(await (await import('./db-command.ts')).runBackup(options)));
  db.command('export')
    .description('all assessments, costs, tickets and the audit log as an archive that any store takes in')
    .requiredOption('--output <file>', 'where to (NDJSON; packed where the name ends in .gz)')
    .addOption(formatOption())
    .action(async (options) => setExitCode(await (await import('./db-command.ts')).runExport(options)));
  db.command('import')
    .description('take an archive in, whole or not at all; what is there already stays as it is')
    .argument('<file>', 'an archive of eras db export or backup')
    .addOption(formatOption())
    .action(async (file, options) => setExitCode(await (await import('./db-command.ts')).runImport(file, options)));
  db.command('prune')
    .description('remove old assessments; costs, tickets, the audit log and first days stay')
    .addOption(
      new Option(
        '--older-than <age>',
        'days or weeks, such as 90d or 12w; default: retention of the config file',
      ).argParser(days),
    )
    .addOption(new Option('--keep <n>', 'the newest so many stay, however old they are').argParser(wholeNumber))
    .option('--dry-run', 'show what would be removed')
    .option('--yes', 'do not ask')
    .addOption(formatOption())
    .action(async (options) => setExitCode(await (await import('./db-prune.ts')).runPrune(options)));
}

const DAYS = { d: 1, w: 7 } as const;
/** A thousand years. */
const MOST_DAYS = 365_250;

function days(text: string): number {
  const [, number, unit] = /^(\d{1,6})([dw])$/.exec(text) ?? [];
  const value = Number(number) * DAYS[unit === 'w' ? 'w' : 'd'];
  if (number !== undefined && value <= MOST_DAYS) return value;
  throw new InvalidArgumentError('It is no age, such as 90d or 12w');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is no whole number');
}
