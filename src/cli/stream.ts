import type { AgentEvent } from '../domain/assessment/events.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import { type JsonReportInput, renderJsonLine } from '../reports/render-json.ts';
import type { Output } from './output.ts';

/** Shows an assessment while it is made (`--stream`): text on a terminal, elsewhere an event a line (outside contract, section 1). */
export interface Stream {
  show(event: AgentEvent): void;
  /** The last event, with the whole document; on a terminal nothing. */
  end(head: AssessmentHead, findings: JsonReportInput['findings']): Promise<void>;
}

/** What tells of the work and not of the result. */
const FOR_PEOPLE: ReadonlySet<AgentEvent['type']> = new Set(['progress', 'waiting', 'plan']);

/** Pieces follow one another: their spaces are part of the text, and nothing else that cannot be seen. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** A stream on standard output. */
export function createStream(stdout: Output): Stream {
  let written = Promise.resolve();
  const write = (text: string) => {
    written = written.then(() => stdout.write(text)).catch(() => undefined);
  };
  if (!stdout.isTerminal) {
    return {
      show(event) {
        if (!FOR_PEOPLE.has(event.type)) write(`${JSON.stringify(event)}\n`);
      },
      async end(head, findings) {
        await written;
        await stdout.write('{"type":"assessment-end","assessment":');
        await renderJsonLine({ head, findings }, stdout.write);
        await stdout.write('}\n');
      },
    };
  }
  let shown = '';
  return {
    show(event) {
      if ((event.type === 'warning' || event.type === 'waiting') && shown !== '') {
        // A line of its own follows on standard error.
        write('\n');
        shown = '';
      }
      if (event.type !== 'narrative-delta') return;
      const heading = `${event.cveId ?? 'Executive summary'} · ${event.field}`;
      if (heading !== shown) write(`${shown === '' ? '' : '\n\n'}${heading}\n`);
      shown = heading;
      write(printable(event.text));
    },
    async end() {
      write('\n\n');
      await written;
    },
  };
}
