import { ulid } from 'ulid';
import type { LanguageModelConfig } from '../config/language-model-config.ts';
import { systemClock } from '../kernel/clock.ts';
import type { CostLedger } from '../ports/cost-ledger.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { TextReader } from '../ports/text-reader.ts';

/**
 * Who reads sentences that rules do not understand: the configured model, whose code is loaded where there is one to read. What it costs is in the ledger under an account of its own, since
 * there is no assessment yet. `withLedger` opens the ledger for as long as a question takes.
 */
export function createTextReader(
  config: LanguageModelConfig,
  withLedger: <Value>(work: (ledger: CostLedger) => Promise<Value>) => Promise<Value>,
  telemetry: Telemetry,
): TextReader {
  return {
    async read(text) {
      const { understandText } = await import('../agents/understanding/understand-text.ts');
      const { openDeskFor } = await import('./create-model-writers.ts');
      return withLedger(async (ledger) => {
        const account = `intake ${ulid(systemClock.now().getTime())}`;
        const desk = await openDeskFor(config, ledger, systemClock, account, telemetry);
        try {
          // Nothing has begun: who interrupts it ends the process.
          return await understandText(text, desk, new AbortController().signal);
        } finally {
          await ledger.forgetReplies(account);
        }
      });
    },
  };
}
