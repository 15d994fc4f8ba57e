import type { Log } from '../adapters/log/create-log.ts';
import type { AssessUseCase } from '../assessment/assess.ts';
import type { AssessCall } from '../assessment/create-run-context.ts';
import type { AgentEvent } from '../domain/assessment/events.ts';

/** Writes a line for each event of an assessment that tells how the work goes on; the command line shows warnings by itself. */
export function logEvents(log: Log, { start, resume }: AssessUseCase): AssessUseCase {
  const listening = (call: AssessCall): AssessCall => ({
    ...call,
    emit(event) {
      logEvent(log, event);
      call.emit(event);
    },
  });
  return {
    start: (input, call) => start(input, listening(call)),
    resume: (id, now, call) => resume(id, now, listening(call)),
  };
}

function logEvent(log: Log, event: AgentEvent): void {
  if (event.type === 'assessment-start') log.info('an assessment began', { assessmentId: event.id });
  else if (event.type === 'stage-start') log.info('a stage began', { stage: event.name });
  else if (event.type === 'stage-end') log.info('a stage ended', { stage: event.name });
  else if (event.type === 'warning') log.info('a warning was given', { reason: event.message });
  else if (event.type === 'waiting')
    log.info('a rate limit is waited for', { source: event.source, ms: event.milliseconds });
  else if (event.type === 'finding-added') log.debug('a finding was added', { cveId: event.cveId });
}
