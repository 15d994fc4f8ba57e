import { RiskError } from '../kernel/risk-error.ts';
import { EXIT } from './exit-codes.ts';

const controller = new AbortController();
let isHeeded = false;

/** From the first moment of the process on, a request to stop ends it with the documented exit code; asked twice, at once. */
export function watchForInterruption(): void {
  const stop = () => {
    if (controller.signal.aborted || !isHeeded) process.exit(EXIT.interrupted);
    controller.abort(new RiskError({ code: 'INTERRUPTED', message: 'interrupted' }));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** A signal that aborts when the user or the system asks the process to stop, for a command that can stop in order. */
export function listenForInterruption(): AbortSignal {
  isHeeded = true;
  return controller.signal;
}
