import { type Command, Option } from 'commander';
import type { DecisionKind } from '../domain/decision/decision.ts';

/** `eras decide` and what it can do. */
export function addDecide(program: Command, setExitCode: (code: number) => void): void {
  const decide = program
    .command('decide')
    .description('what people decide of vulnerabilities, for all later assessments');
  const format = () => new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table');
  const kinds: readonly (readonly [string, DecisionKind, string])[] = [
    ['accept', 'accepted', 'live with a vulnerability until a day: level and dates stay, tickets are not made'],
    ['false-positive', 'false_positive', 'the tool was wrong: the vulnerability is not there'],
    ['not-affected', 'not_affected', 'it is there, and cannot be exploited; needs a justification of VEX'],
  ];
  for (const [name, kind, description] of kinds) {
    decide
      .command(name)
      .description(description)
      .argument('<vulnerability>', 'CVE id, or another id that findings have')
      .option('--asset <id>', 'on this asset only')
      .option('--component <name>', 'in this component only: package URL, CPE or name, as findings have it')
      .requiredOption('--owner <name>', 'who answers for it')
      .requiredOption('--approver <name>', 'who approves it: somebody else')
      .requiredOption('--reason <text>', 'why')
      .option('--until <day>', 'the last day on which it holds, YYYY-MM-DD; an acceptance needs one')
      .option('--justification <word>', 'of not-affected: why, in the words of VEX')
      .addOption(format())
      .action(async (vulnerability, options) =>
        setExitCode(await (await import('./decide-command.ts')).runDecide(kind, vulnerability, options)),
      );
  }
  decide
    .command('list')
    .description('what was decided, and where it stands')
    .addOption(format())
    .action(async (options) => setExitCode(await (await import('./decide-command.ts')).runDecisions(options)));
  decide
    .command('withdraw')
    .description('a decision no longer holds')
    .argument('<id>', 'id of the decision (eras decide list shows them)')
    .requiredOption('--reason <text>', 'why')
    .action(async (id, options) => setExitCode(await (await import('./decide-command.ts')).runWithdraw(id, options)));
}
