import { runAssess } from '../../src/cli/assess-command.ts';
import { messageOf } from '../../src/kernel/risk-error.ts';
import { createLoopbackTicketSystem } from './loopback-ticket-system.ts';

/** `eras assess --resume ID --create-tickets` in a process of its own, over the loopback ticket system: what a test kills. */
const [id = '', url = '', ...rest] = process.argv.slice(2);
const flags = { resume: id, createTickets: true, yes: rest.includes('--yes'), dryRun: rest.includes('--dry-run') };
try {
  process.exitCode = await runAssess(
    [],
    { ...flags, map: [], llm: false, quiet: true, format: 'json' },
    () => () => createLoopbackTicketSystem(url),
  );
} catch (error) {
  process.stderr.write(`eras: ${messageOf(error)}\n`);
  process.exitCode = 2;
}
