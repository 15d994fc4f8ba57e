import { describe } from 'vitest';
import { assessmentStoreContract } from './assessment-store.ts';
import { auditLogContract } from './audit-log.ts';
import { costLedgerContract } from './cost-ledger.ts';
import { ticketLedgerContract } from './ticket-ledger.ts';
import { truthArchiveContract } from './truth-archive.ts';
import type { OpenTruth } from './truth-store.ts';

/** What whatever holds assessments and what belongs to them keeps to. */
export function truthStoreContracts(open: OpenTruth): void {
  describe('its assessments', () => assessmentStoreContract(open));
  describe('its cost ledger', () => costLedgerContract(open));
  describe('its audit log', () => auditLogContract(open));
  describe('its ticket ledger', () => ticketLedgerContract(open));
  describe('its archives', () => truthArchiveContract(open));
}
