import { describe, expect, it } from 'vitest';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { groundAnswer } from './ground-answer.ts';

const ground = (own: string, text: string) =>
  groundAnswer({ text, evidence: ['P1'] }, [
    { id: 'P1', own, text: own, passage: { id: 'P1' } as unknown as RankedPassage },
  ]);

describe('a name of a host, an address, a version', () => {
  const HOSTS =
    'Database servers are db-01, db-02 and db-03, run by Ruth. The office is at 10.20.30.40 in the network 10.20.0.0/16. Mail goes to ops@corp.example. The agent is at version 1.10. The agent has the library log4j in version 2.17.1. The agent sees CVE-2021-44228 and T1003.001.';

  it.each([
    'Database servers are db-01 and db-03.',
    'Database servers are DB-02 and db-03.',
    'The office is at 10.20.30.40.',
    'The office is in the network 10.20.0.0/16.',
    'Mail goes to ops@corp.example.',
    'The agent is at version 1.10.',
    'The agent has the library log4j in version 2.17.1.',
    'The agent sees CVE-2021-44228 and T1003.',
  ])('stands as a whole: %s', (text) => expect(ground(HOSTS, text)).toMatchObject({ ok: true }));

  it.each([
    'Database servers are db-01 and db-99.',
    'Database servers are app-01 and db-01.',
    'Database servers are kiosk-3 and db-01.',
    'Database servers are kiosk-x and db-01.',
    'Database servers are db-0 and db-01.',
    'The office is at 10.20.30.4.',
    'The office is in the network 10.20.0.0/1.',
    'Mail goes to ops@evil.example.',
    'Mail goes to evil.example.',
    'The agent is at version 1.1.',
    'The agent is at version 2.17.',
    'The agent has the library log4j in version 2.17.11.',
    'The agent sees CVE-2021-4422.',
  ])('is not invented: %s', (text) => expect(ground(HOSTS, text)).toMatchObject({ ok: false }));
});

describe('what one clause of a sentence says', () => {
  const SUPPLIERS = 'Initech supplies the firewall, Globex the proxy.';
  const PATCHES = 'Critical servers must be patched within 72 hours, workstations within 30 days.';
  const LOGS = 'Logs are kept for 90 days in Frankfurt and for 365 days in Dublin.';
  const BACKUPS = 'Backups run every 12 hours on srv-150 and every 24 hours on srv-151.';

  it.each([
    [PATCHES, 'Critical servers must be patched within 72 hours.'],
    [PATCHES, 'Workstations must be patched within 30 days.'],
    [PATCHES, 'Within 30 days, workstations must be patched.'],
    [PATCHES, 'Critical servers must be patched within 72 hours and workstations within 30 days.'],
    [LOGS, 'Logs are kept for 365 days in Dublin.'],
    [LOGS, 'In Frankfurt logs are kept for 90 days, in Dublin for 365 days.'],
    [LOGS, LOGS],
    [BACKUPS, 'Backups run every 24 hours on srv-151.'],
    [SUPPLIERS, 'Globex supplies the proxy.'],
    [SUPPLIERS, 'Initech supplies the firewall.'],
    [SUPPLIERS, 'The proxy is supplied by Globex.'],
    [
      'Critical servers, workstations and laptops must be patched within 30 days.',
      'Workstations must be patched within 30 days.',
    ],
    [
      'Servers must be encrypted, patched within 30 days and scanned within 7 days.',
      'Servers must be scanned within 7 days.',
    ],
    ['Ann Example patches servers within 2 days and laptops within 30 days.', 'Laptops are patched within 30 days.'],
    ['Disks keep 3 copies and tapes keep 5 copies.', 'Tapes keep 5 copies.'],
  ])('%s may be said as: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: true }));

  it.each([
    [PATCHES, 'Workstations must be patched within 72 hours.'],
    [PATCHES, 'Critical servers must be patched within 30 days.'],
    [PATCHES, 'Within 72 hours, workstations must be patched.'],
    [LOGS, 'Logs are kept for 365 days in Frankfurt.'],
    [LOGS, 'Logs are kept for 90 days in Dublin.'],
    [LOGS, 'Logs are kept for 365 days in Frankfurt and for 90 days in Dublin.'],
    [BACKUPS, 'Backups run every 24 hours on srv-150.'],
    [SUPPLIERS, 'Globex supplies the firewall.'],
    [SUPPLIERS, 'Initech supplies the proxy.'],
    ['The firewall is supplied by Initech and the proxy by Globex.', 'Globex supplies the firewall.'],
    ['Disks keep 3 copies and tapes keep 5 copies.', 'Tapes keep 3 copies.'],
  ])('%s does not say: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: false }));
});

describe('from where to where, and of what', () => {
  const UPGRADE = 'The agent was upgraded from version 2.14.1 to version 2.17.1.';

  it.each([
    [UPGRADE, 'The agent was upgraded from version 2.14.1 to version 2.17.1.'],
    [UPGRADE, 'The agent was upgraded to version 2.17.1 from version 2.14.1.'],
    [UPGRADE, 'The agent was upgraded to version 2.17.1.'],
    ['The freeze lasts from 2026-12-20 to 2027-01-05.', 'The freeze lasts from 2026-12-20 to 2027-01-05.'],
    ['The gateway accepts 100 requests per hour.', 'The gateway accepts 100 requests an hour.'],
    ['The gateway accepts 100 requests per hour.', 'The gateway accepts 100 requests per hour.'],
    ['Attachments of 25 MB are accepted by the gateway.', 'The gateway accepts attachments of 25 MB.'],
    ['Sessions end after 30 seconds without input.', 'Sessions end after 30 seconds without input.'],
  ])('%s may be said as: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: true }));

  it.each([
    [UPGRADE, 'The agent was upgraded from version 2.17.1 to version 2.14.1.'],
    [UPGRADE, 'The agent was upgraded to version 2.14.1 from version 2.17.1.'],
    ['The freeze lasts from 2026-12-20 to 2027-01-05.', 'The freeze lasts from 2027-01-05 to 2026-12-20.'],
    ['The gateway accepts 100 requests per hour.', 'The gateway accepts 100 requests per day.'],
    ['The gateway accepts 100 requests per hour.', 'The gateway accepts 100 requests a day.'],
    ['Attachments of 25 MB are accepted by the gateway.', 'The gateway accepts attachments of 25 GB.'],
    ['Sessions end after 30 seconds without input.', 'Sessions end after 30 milliseconds without input.'],
    ['The fine is 50 EUR for each case.', 'The fine is 50 USD for each case.'],
    ['Tickets are closed after 5 business days.', 'Tickets are closed after 5 calendar days.'],
  ])('%s does not say: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: false }));
});

describe('a word that turns a sentence round', () => {
  it.each([
    ['The CISO approves exceptions of the shop.', 'Exceptions of the shop are approved by the CISO.'],
    ['Backups run daily on the vault.', 'Backups run every day on the vault.'],
    ['Backups run every day on the vault.', 'Backups run daily on the vault.'],
    ['Every server of the shop is scanned.', 'All servers of the shop are scanned.'],
    ['Risks are accepted until 2027-12-31 by the board.', 'The board accepted risks until 2027-12-31.'],
    ['Access is permitted to auditors of the board.', 'Access is allowed to auditors of the board.'],
    ['Keys are rotated no later than 90 days after use.', 'Keys are rotated within 90 days after use.'],
    ['Servers must not be exempted unless the CISO agrees.', 'Servers must not be exempted unless the CISO agrees.'],
    ['Requests are approved by Ann. Requests are rejected by Bob.', 'Bob rejects requests.'],
  ])('%s may be said as: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: true }));

  it.each([
    ['The CISO approves exceptions of the shop.', 'The CISO rejects exceptions of the shop.'],
    ['Requests are approved by Ann. Tickets are rejected by Bob.', 'Ann rejects requests.'],
    ['Patches are installed within 14 days of release.', 'Patches are installed after 14 days of release.'],
    ['Systems are exempted unless the CISO objects.', 'Systems are exempted even if the CISO objects.'],
    ['Systems are exempted unless the CISO objects.', 'Systems are exempted if the CISO objects.'],
    ['Only two of nine backups were restored in the test.', 'All backups were restored in the test.'],
    ['Risks are accepted until 2027-12-31 by the board.', 'The board accepted risks since 2027-12-31.'],
    ['Keys of the vault are rotated every 45 days.', 'Keys of the vault are rotated daily.'],
    ['Keys of the vault are rotated every 45 days.', 'Keys of the vault are rotated every day.'],
    ['The agent was upgraded on the gateway.', 'The agent was downgraded on the gateway.'],
    ['Macros are disabled on laptops of the shop.', 'Macros are enabled on laptops of the shop.'],
    ['Inbound traffic of the shop is filtered.', 'Outbound traffic of the shop is filtered.'],
    ['Staff may use private phones for mail.', 'Staff must use private phones for mail.'],
    ['The gateway takes at most 100 connections.', 'The gateway takes at least 100 connections.'],
  ])('%s does not say: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: false }));
});
