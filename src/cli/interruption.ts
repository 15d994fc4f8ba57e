import { RiskError } from '../kernel/risk-error.ts';
import { EXIT } from './exit-codes.ts';

/** A signal that aborts when the user or the system asks the process to stop; asked twice, it stops at once. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort(new RiskError({ code: 'INTERRUPTED', message: 'interrupted' }));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
