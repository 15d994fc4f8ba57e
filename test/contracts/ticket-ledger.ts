import { expect, it } from 'vitest';
import type { FixSighting } from '../../src/domain/ticket/sighting.ts';
import type { TicketRecord } from '../../src/ports/ticket-ledger.ts';
import { type OpenTruth, withTruth } from './truth-store.ts';

const sighting = (vulnerabilityId: string): FixSighting => ({
  vulnerabilityId,
  assetId: null,
  assetName: 'nul \0',
  assetSource: null,
  owner: null,
  level: 'High',
  dueDate: null,
  why: '',
  places: ['b', 'a'],
  seenAt: '2026-01-02T03:04:05.000Z',
});

const record = (correlationId: string, over: Partial<TicketRecord> = {}): TicketRecord => ({
  correlationId,
  fixId: 'f',
  fix: { kind: 'upgrade', component: 'pkg:npm/x', fixedVersion: '2' },
  ticketId: 't',
  number: 'INC1',
  contentHash: 'h',
  goneAt: null,
  sightings: [sighting('CVE-2024-1'), sighting('CVE-2024-2')],
  ...over,
});

/** What every ledger of tickets keeps to. */
export function ticketLedgerContract(open: OpenTruth): void {
  it('gives records back in the order of their ids, and replaces one with its sightings', () =>
    withTruth(open, async ({ store: { tickets } }) => {
      expect(await tickets.load()).toEqual([]);
      for (const id of ['eras:b', 'eras:B', 'eras:a']) await tickets.save(record(id));
      expect(await tickets.load()).toEqual([record('eras:B'), record('eras:a'), record('eras:b')]);
      const changed = record('eras:a', { goneAt: '2026-01-03T00:00:00Z', contentHash: 'new', sightings: [] });
      await tickets.save(changed);
      expect(await tickets.load()).toEqual([record('eras:B'), changed, record('eras:b')]);
    }));

  it('lets a process that writes write on', () =>
    withTruth(open, async ({ store: { tickets } }) => {
      expect([await tickets.claimWriter(), await tickets.claimWriter()]).toEqual([true, true]);
      await tickets.releaseWriter();
      expect(await tickets.claimWriter()).toBe(true);
    }));
}
