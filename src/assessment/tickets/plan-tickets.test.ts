import { expect, it } from 'vitest';
import { toFixId } from './fix-id.ts';
import { planTickets } from './plan-tickets.ts';

it('closes the copies that people made of a ticket together with it', () => {
  const fix = { kind: 'component', component: 'openssl' } as const;
  const fixId = toFixId(fix);
  const correlationId = `eras:${fixId}`;
  const known = { id: '1', number: 'INC1', correlationId, isOpen: true, title: '', description: '' };
  const plan = planTickets({
    assessmentId: 'A1',
    createdAt: '2026-02-01T00:00:00.000Z',
    collected: {
      fixes: new Map(),
      whyKept: () => null,
      currentId: (_, { vulnerabilityId }) => vulnerabilityId,
      earlierIds: new Map(),
      isLooked: () => true,
    },
    records: [
      { correlationId, fixId, fix, ticketId: '1', number: 'INC1', contentHash: '', goneAt: null, sightings: [] },
    ],
    intended: new Set(),
    known: [{ ...known, copies: [{ id: '2', number: 'INC2' }] }],
    fromLevel: 'High',
    assetSource: 'servicenow',
  });
  expect(plan.tickets.map(({ step }) => step)).toMatchObject([
    { kind: 'close', ticketId: '1', number: 'INC1' },
    { kind: 'close', ticketId: '2', number: 'INC2' },
  ]);
});
