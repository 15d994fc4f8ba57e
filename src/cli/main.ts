import { CommanderError } from 'commander';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import { EXIT, EXIT_OF_ERROR } from './exit-codes.ts';
import { watchForInterruption } from './interruption.ts';
import { createProgram } from './program.ts';

/** The command that the shell asks for completions; it loads the completion library, which nothing else needs. */
const COMPLETE = 'complete';

watchForInterruption();
process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  // Failed writes are told to whoever wrote; without a listener the event would end the process.
  process.stdout.on('error', () => undefined);
  let exitCode: number = EXIT.done;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    if (argv[2] === COMPLETE) (await import('./completion.ts')).addCompletion(program);
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

/** One clear line, and the exit code of the outside contract. */
function report(error: unknown): number {
  // Commander has printed its own message; asking for help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  if (error instanceof RiskError) {
    process.stderr.write(`eras: ${oneLine(error.message)}\n`);
    return EXIT_OF_ERROR[error.code];
  }
  process.stderr.write(`eras: unexpected failure: ${oneLine(messageOf(error))}\n`);
  return EXIT.failed;
}

/** A message may quote what was handed in: nothing of it moves the terminal's cursor or turns its text around. */
function oneLine(message: string): string {
  return message.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
