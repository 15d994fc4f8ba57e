import { sightingKey } from '../../domain/ticket/sighting.ts';
import { storableText } from '../../kernel/storable-text.ts';
import type { TicketLedger, TicketRecord } from '../../ports/ticket-ledger.ts';
import { inBulk, lastOfEach } from './bulk.ts';
import { LOCKS } from './locks.ts';
import { isKnownGone, LEASE } from './owner.ts';
import type { PostgresLink } from './postgres-link.ts';

interface TicketRow extends Omit<TicketRecord, 'fix' | 'sightings'> {
  readonly fix: string;
  readonly sightings: readonly string[];
}

/** What is known of tickets, in PostgreSQL, for all machines. */
export function createPostgresTicketLedger(link: PostgresLink): TicketLedger {
  const { owner } = link.config;
  return {
    async load() {
      const rows = await link.read((query) =>
        query<TicketRow>(
          `SELECT t.correlation_id AS "correlationId", t.fix_id AS "fixId", t.fix, t.ticket_id AS "ticketId", t.number,
             t.content_hash AS "contentHash", t.gone_at AS "goneAt",
             ARRAY (SELECT s.sighting FROM eras.ticket_sightings s WHERE s.correlation_id = t.correlation_id ORDER BY s.key) AS sightings
           FROM eras.tickets t ORDER BY t.correlation_id`,
        ),
      );
      return rows.map((row) => ({
        ...row,
        fix: JSON.parse(row.fix),
        sightings: row.sightings.map((text) => JSON.parse(text)),
      }));
    },
    async save({ sightings, fix, ...row }) {
      const texts = [row.correlationId, row.fixId, JSON.stringify(fix), row.ticketId, row.number, row.contentHash];
      const keyed = sightings.map((one) => [storableText(sightingKey(one)), JSON.stringify(one)] as const);
      await link.write(async (query) => {
        await query(
          `INSERT INTO eras.tickets (correlation_id, fix_id, fix, ticket_id, number, content_hash, gone_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (correlation_id) DO UPDATE SET fix = excluded.fix, ticket_id = excluded.ticket_id, number = excluded.number,
             content_hash = excluded.content_hash, gone_at = excluded.gone_at`,
          [...texts.map(storableText), row.goneAt],
        );
        await query('DELETE FROM eras.ticket_sightings WHERE correlation_id = $1', [row.correlationId]);
        await inBulk(
          query,
          'INSERT INTO eras.ticket_sightings (correlation_id, key, sighting)',
          lastOfEach(keyed, ([key]) => key).map((cells) => [row.correlationId, ...cells]),
        );
        await query('UPDATE eras.ticket_writer SET touched_at = clock_timestamp() WHERE owner = $1', [owner]);
      });
    },
    claimWriter: () =>
      link.write(async (query) => {
        await query('SELECT pg_advisory_xact_lock($1)', [LOCKS.ticketWriter]);
        const [held] = await query<{ owner: string; is_fresh: boolean }>(
          `SELECT owner, touched_at > clock_timestamp() - ${LEASE} AS is_fresh FROM eras.ticket_writer`,
        );
        if (held !== undefined && held.owner !== owner && held.is_fresh && !isKnownGone(held.owner)) return false;
        await query(
          `INSERT INTO eras.ticket_writer (place, owner, touched_at) VALUES (1, $1, clock_timestamp())
           ON CONFLICT (place) DO UPDATE SET owner = excluded.owner, touched_at = excluded.touched_at`,
          [owner],
        );
        return true;
      }),
    async releaseWriter() {
      await link.read((query) => query('DELETE FROM eras.ticket_writer WHERE owner = $1', [owner]));
    },
  };
}
