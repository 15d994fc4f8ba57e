import { describe, expect, it } from 'vitest';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { groundAnswer } from './ground-answer.ts';

const ground = (own: string, text: string) =>
  groundAnswer({ text, evidence: ['P1'] }, [
    { id: 'P1', own, text: own, passage: { id: 'P1' } as unknown as RankedPassage },
  ]);

const OWNER = 'The ledger service led-app-1 is owned by Vera Holt. Her deputy is Tom Ritter.';
const WAF = 'The proxy inspects all incoming traffic to led-app-1. Outgoing traffic to the internet is denied.';
const EXCEPTION =
  'An exemption must be requested in writing and is valid for at most 90 days. The owner requests it and the board approves it. Oral exemptions are not accepted.';
const FINDINGS =
  'P-01 was fixed on 2025-12-19 and retested on 2026-01-08. P-02 was not fixed. P-03 was partially fixed. The testers found 3 critical and 7 high issues. The host crm-5 exposes an unauthenticated console.';
const TURBINE = 'The controller plc-7 is not connected to the internet and is maintained by Hanne Krug.';
const RELEASE = 'Urgent releases are approved by the shift lead, not by the change board.';
const BACKUPS = 'Monthly copies are kept for 7 years. Daily copies are kept for 30 days.';
const ACCOUNTS =
  'Shared logins are prohibited, except for the emergency login em-admin-3. Administrative access to production requires two factors. Outside contractors must not use RDP.';
const RISKS = [
  'Risk | CVE | Asset | Owner | Accepted until | Approver',
  'RA-1 | CVE-2021-44228 | led-app-1 | Vera Holt | 2026-12-31 | Karin Stein',
  'RA-2 | CVE-2023-34362 | ftp-03 | Ole Brand | 2026-09-30 | Ingrid Thal',
].join('\n');
const NAMED_RISKS = RISKS.split('\n')
  .slice(1)
  .map((row) =>
    row
      .split(' | ')
      .map((cell, place) => `${RISKS.split('\n')[0]?.split(' | ')[place]}: ${cell}`)
      .join(' | '),
  )
  .join('\n');
const TIMES = ['System | RTO | RPO', 'led-app-1 | 4 hours | 15 minutes', 'wiki-1 | 72 hours | 24 hours'].join('\n');
const KASSE =
  'Das Kassensystem darf während der Öffnungszeiten nicht neu gestartet werden. Vorfälle sind innerhalb von 60 Minuten an die Leitstelle zu melden.';

describe('what one statement of a passage says', () => {
  it.each([
    [OWNER, 'Vera Holt owns the ledger service led-app-1.'],
    [OWNER, 'The owner of the ledger service is Vera Holt, and her deputy is Tom Ritter.'],
    [OWNER, 'Tom Ritter is the deputy of Vera Holt.'],
    [WAF, 'Incoming traffic to led-app-1 is inspected by the proxy.'],
    [WAF, 'Outgoing traffic to the internet is denied.'],
    [EXCEPTION, 'The owner requests an exemption and the board approves it.'],
    [EXCEPTION, 'Exemptions are valid for no more than 90 days.'],
    [EXCEPTION, 'Oral exemptions are not accepted.'],
    [FINDINGS, 'P-02 was not fixed.'],
    [FINDINGS, 'P-03 was partially fixed.'],
    [FINDINGS, 'P-01 was fixed on 2025-12-19.'],
    [FINDINGS, 'The testers found 3 critical and 7 high issues.'],
    [TURBINE, 'The controller plc-7 is maintained by Hanne Krug.'],
    [TURBINE, 'Hanne Krug maintains the controller plc-7, which is not connected to the internet.'],
    [RELEASE, 'The shift lead approves urgent releases.'],
    [BACKUPS, 'Daily copies are kept for 30 days and monthly copies for 7 years.'],
    [ACCOUNTS, 'RDP is forbidden for outside contractors.'],
    [ACCOUNTS, 'Shared logins are forbidden, except for the emergency login em-admin-3.'],
    [RISKS, 'CVE-2021-44228 on led-app-1 is accepted until 2026-12-31.'],
    [RISKS, 'RA-2 was approved by Ingrid Thal.'],
    [RISKS, 'The owner of RA-2 is Ole Brand.'],
    [NAMED_RISKS, 'RA-2 was approved by Ingrid Thal.'],
    [NAMED_RISKS, 'The owner of RA-2 is Ole Brand.'],
    [TIMES, 'The RTO of wiki-1 is 72 hours.'],
    [TIMES, 'led-app-1 has an RTO of 4 hours and an RPO of 15 minutes.'],
    ['Line managers review access quarterly.', 'Line managers review access every quarter.'],
    ['Restores are tested twice a year by the platform team.', 'The platform team tests restores two times per year.'],
    [
      'The risk was accepted on 12 March 2024 until 30 September 2026.',
      'The risk was accepted until September 30, 2026.',
    ],
    ['The lease ends on 2027-03-31.', 'The lease ends on 31 March 2027.'],
    ['Die Regel gilt seit dem 1. Juli 2025.', 'Die Regel gilt seit dem 01.07.2025.'],
    ['Host: edge-2 | Owner: Julia Stein | Deputy: Marta Klein', 'edge-2 is owned by Julia Stein.'],
    ['Start (hh:mm): 01:30 | Job: beta | Owner: Nora Beck', 'The owner of beta is Nora Beck.'],
    ['Die Protokolle darf nur die Revision lesen.', 'Nur die Revision darf die Protokolle lesen.'],
    [KASSE, 'Während der Öffnungszeiten darf das Kassensystem nicht neu gestartet werden.'],
    [KASSE, 'Vorfälle sind innerhalb von 60 Minuten an die Leitstelle zu melden.'],
  ])('%s: may be told as: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: true }));

  it.each([
    // Somebody or something that no passage has, first in the sentence.
    [OWNER, 'Mallory owns the ledger service led-app-1.'],
    [OWNER, 'alice owns the ledger service led-app-1.'],
    [OWNER, 'Hackers own the ledger service led-app-1.'],
    [OWNER, 'Everyone owns the ledger service led-app-1.'],
    [WAF, 'Cloudflare inspects all incoming traffic to led-app-1.'],
    // What is said in the next sentence, of somebody else.
    [OWNER, 'Tom Ritter owns the ledger service led-app-1.'],
    [OWNER, 'The deputy of Vera Holt owns the ledger service led-app-1.'],
    [OWNER, 'Her deputy is Vera Holt.'],
    [BACKUPS, 'Daily copies are kept for 7 years.'],
    [BACKUPS, 'Monthly copies are kept for 30 days.'],
    [EXCEPTION, 'The owner approves it.'],
    // Another time, or as something that only may be.
    [OWNER, 'Vera Holt formerly owned the ledger service led-app-1.'],
    [OWNER, 'Vera Holt may own the ledger service led-app-1.'],
    [OWNER, 'Vera Holt will own the ledger service led-app-1.'],
    // Words that turn it round.
    [WAF, 'Incoming traffic to the internet is denied.'],
    [WAF, 'The proxy inspects some incoming traffic to led-app-1.'],
    [EXCEPTION, 'An exemption must be requested verbally.'],
    [EXCEPTION, 'An exemption may be requested in writing.'],
    [EXCEPTION, 'Written exemptions are not accepted.'],
    [EXCEPTION, 'Oral exemptions are accepted.'],
    [FINDINGS, 'P-02 was fixed.'],
    [FINDINGS, 'P-02 was fixed on 2025-12-19.'],
    [FINDINGS, 'P-03 was fixed.'],
    [FINDINGS, 'P-01 was not fixed.'],
    [FINDINGS, 'The host crm-5 exposes an authenticated console.'],
    [FINDINGS, 'The testers found 7 critical and 3 high issues.'],
    [TURBINE, 'The controller plc-7 is not maintained by Hanne Krug.'],
    [TURBINE, 'The controller plc-7 is connected to the internet.'],
    [TURBINE, 'Hanne Krug is not connected to the internet.'],
    [RELEASE, 'Urgent releases are approved by the change board.'],
    [RELEASE, 'Urgent releases are not approved by the shift lead.'],
    [ACCOUNTS, 'The emergency login em-admin-3 is prohibited.'],
    [ACCOUNTS, 'Root access to production requires two factors.'],
    [ACCOUNTS, 'Outside contractors may use RDP.'],
    // Another row, or another column.
    [RISKS, 'CVE-2021-44228 on led-app-1 is accepted until 2026-09-30.'],
    [RISKS, 'RA-1 was approved by Ingrid Thal.'],
    [RISKS, 'Karin Stein is the owner of led-app-1.'],
    [RISKS, 'RA-2 concerns CVE-2021-44228.'],
    [NAMED_RISKS, 'RA-1 was approved by Ingrid Thal.'],
    [NAMED_RISKS, 'Karin Stein is the owner of led-app-1.'],
    [TIMES, 'The RTO of led-app-1 is 15 minutes.'],
    [TIMES, 'The RPO of wiki-1 is 72 hours.'],
    // A condition or an exception that is left out.
    [
      'Guest accounts are deleted after 30 days, except those of auditors.',
      'Guest accounts are deleted after 30 days.',
    ],
    ['Exemptions expire after 90 days unless the board extends them.', 'Exemptions expire after 90 days.'],
    ['Servers are rebooted weekly if they run the old kernel.', 'Servers are rebooted weekly.'],
    ['Externe dürfen den Raum nur in Begleitung betreten.', 'Externe dürfen den Raum betreten.'],
    ['Servers must be patched within 7 days.', 'Servers should be patched within 7 days.'],
    // Another part of a day.
    ['The risk was accepted on 12 March 2024 until 30 September 2026.', 'The risk was accepted until 12 March 2024.'],
    ['The risk was accepted on 12 March 2024 until 30 September 2026.', 'The risk was accepted on 2026-09-30.'],
    [
      'Die Regel wurde am 3. Mai 2025 vom Rat beschlossen und gilt ab dem 1. Juli 2025.',
      'Die Regel wurde am 1. Juli 2025 vom Rat beschlossen.',
    ],
    // Names that begin with the letter of versions, or are a column's verb.
    ['The VPN gateway is owned by Karl Moss. Mail is owned by Vera Stein.', 'The VPN gateway is owned by Vera Stein.'],
    ['Copies are stored in Oslo. The office is in Vienna.', 'Copies are stored in Vienna.'],
    ['Host: edge-2 | Owner: Julia Stein | Deputy: Marta Klein', 'edge-2 is owned by Marta Klein.'],
    [
      'Start (hh:mm): 01:30 | Job: beta | Owner: Nora Beck\nStart (hh:mm): 02:30 | Job: gamma | Owner: Per Lie',
      'gamma is owned by Nora Beck.',
    ],
    // German.
    [KASSE, 'Das Kassensystem darf während der Öffnungszeiten neu gestartet werden.'],
    [KASSE, 'Das Kassensystem muss während der Öffnungszeiten neu gestartet werden.'],
    [KASSE, 'Das Kassensystem darf außerhalb der Öffnungszeiten nicht neu gestartet werden.'],
    [KASSE, 'Vorfälle sind nicht an die Leitstelle zu melden.'],
    [KASSE, 'Vorfälle sind nach 60 Minuten an die Leitstelle zu melden.'],
  ])('%s: does not say: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: false }));
});

describe('a sentence that stands in a passage', () => {
  it.each([
    'Hospitals of the U.S. are threatened.',
    'The list is at https://docs.example/list.',
    String.raw`It writes to C:\Users\Public\run.log.`,
    'Nobody knows why we provide several options for binning.',
  ])('stands as it is: %s', (text) => expect(ground(`It begins. ${text} It ends.`, text)).toMatchObject({ ok: true }));

  it('is not begun in one sentence and ended in another', () => {
    expect(ground('Doors are open. Ports are closed at night.', 'Ports are open.')).toMatchObject({ ok: false });
  });

  it('has other addresses than the passage’s in no case', () => {
    expect(ground('The list is at https://docs.example/list.', 'The list is at https://evil.example/list.').ok).toBe(
      false,
    );
  });

  it('goes over the end of a line', () => {
    expect(
      ground(
        'Analysts are tasked with the score of one\nreport at a time.',
        'Analysts are tasked with the score of one report at a time.',
      ).ok,
    ).toBe(true);
  });
});
