import { sightingKey } from '../../domain/ticket/sighting.ts';
import type { TicketLedger, TicketRecord } from '../../ports/ticket-ledger.ts';
import type { SqliteDatabase } from './database.ts';
import { isOwnerAlive, OWNER } from './owner.ts';

interface TicketRow extends Omit<TicketRecord, 'fix' | 'sightings'> {
  readonly fix: string;
}

const COLUMNS = `correlation_id AS correlationId, fix_id AS fixId, fix, ticket_id AS ticketId, number,
  content_hash AS contentHash, gone_at AS goneAt`;

/** What is known of tickets, in the embedded store; safe with several processes on one file. */
export function createSqliteTicketLedger(database: SqliteDatabase): TicketLedger {
  return {
    async load() {
      const sightings = database
        .prepare<[string], string>('SELECT sighting FROM ticket_sightings WHERE correlation_id = ? ORDER BY key')
        .pluck();
      const rows = database.prepare<[], TicketRow>(`SELECT ${COLUMNS} FROM tickets ORDER BY correlation_id`).all();
      return rows.map((row) => ({
        ...row,
        fix: JSON.parse(row.fix),
        sightings: sightings.all(row.correlationId).map((text) => JSON.parse(text)),
      }));
    },
    async save({ sightings, fix, ...row }) {
      database
        .transaction(() => {
          database
            .prepare(
              `INSERT INTO tickets (correlation_id, fix_id, fix, ticket_id, number, content_hash, gone_at)
               VALUES (@correlationId, @fixId, @fix, @ticketId, @number, @contentHash, @goneAt)
               ON CONFLICT DO UPDATE SET fix = excluded.fix, ticket_id = excluded.ticket_id, number = excluded.number,
                 content_hash = excluded.content_hash, gone_at = excluded.gone_at`,
            )
            .run({ ...row, fix: JSON.stringify(fix) });
          database.prepare('DELETE FROM ticket_sightings WHERE correlation_id = ?').run(row.correlationId);
          const insert = database.prepare(
            'INSERT INTO ticket_sightings (correlation_id, key, sighting) VALUES (?, ?, ?)',
          );
          for (const one of sightings) insert.run(row.correlationId, sightingKey(one), JSON.stringify(one));
          database.prepare('UPDATE ticket_writer SET touched_at = ? WHERE owner = ?').run(Date.now(), OWNER);
        })
        .immediate();
    },
    async claimWriter() {
      return database
        .transaction(() => {
          const held = database
            .prepare<[], { owner: string; touchedAt: number }>(
              'SELECT owner, touched_at AS touchedAt FROM ticket_writer',
            )
            .get();
          if (held !== undefined && held.owner !== OWNER && isOwnerAlive(held.owner, held.touchedAt)) return false;
          database
            .prepare(
              `INSERT INTO ticket_writer (place, owner, touched_at) VALUES (1, ?, ?)
               ON CONFLICT DO UPDATE SET owner = excluded.owner, touched_at = excluded.touched_at`,
            )
            .run(OWNER, Date.now());
          return true;
        })
        .immediate();
    },
    async releaseWriter() {
      database.prepare('DELETE FROM ticket_writer WHERE owner = ?').run(OWNER);
    },
  };
}
