import { HEARTBEAT_MS } from './owner.ts';
import type { PostgresLink } from './postgres-link.ts';

/** Says again and again that this process still works on the assessments that it holds. */
export interface Heartbeat {
  begin(assessmentId: string): void;
  end(assessmentId: string): void;
}

/** Creates the heartbeat of a process; it beats only while there is something to hold, and keeps no process alive. */
export function createHeartbeat(link: PostgresLink, everyMs: number = HEARTBEAT_MS): Heartbeat {
  const held = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const beat = () =>
    link
      .read((query) =>
        query(
          'UPDATE eras.runs SET touched_at = clock_timestamp() WHERE assessment_id = ANY ($1::text[]) AND owner = $2',
          [[...held], link.config.owner],
        ),
      )
      // Whoever works finds out by itself that the server is gone.
      .catch(() => undefined);
  return {
    begin(assessmentId) {
      held.add(assessmentId);
      timer ??= setInterval(() => void beat(), everyMs).unref();
    },
    end(assessmentId) {
      held.delete(assessmentId);
      if (held.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    },
  };
}
