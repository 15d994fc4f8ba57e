import { describe, expect, it } from 'vitest';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { groundAnswer, type NumberedPassage } from './ground-answer.ts';

const passage = (id: string, own: string, place = ''): NumberedPassage => ({
  id,
  text: place + own,
  own,
  passage: { id } as unknown as RankedPassage,
});
const PASSAGES = [
  passage(
    'P1',
    'Internet-facing servers are patched within 2 days. Internal servers are patched within 30 days of a fix.',
  ),
  passage(
    'P2',
    'The payment gateway pay-gw-01 is owned by the platform team (Ann Example) since 2025-03-01. It is not reachable from the internet.',
  ),
  passage(
    'P3',
    'The risk of the legacy reporting server was accepted by the board until 2027-12-31. CVE-2021-44228 was not exploitable.',
  ),
  passage('P4', 'Kiosk systems must be rebooted within 21 days.', 'Not covered elsewhere: '),
];
const ground = (text: string, ...evidence: string[]) => groundAnswer({ text, evidence }, PASSAGES);

describe('an answer that passages carry', () => {
  it.each([
    ['Internet-facing servers are patched within 2 days.', 'P1'],
    ['The payment gateway is owned by the platform team.', 'P2'],
    ['Ann Example of the platform team has owned pay-gw-01 since 2025-03-01.', 'P2'],
    ['The board accepted the risk of the legacy reporting server until 2027-12-31.', 'P3'],
    ['The gateway is not reachable from the internet.', 'P2'],
    ['CVE-2021-44228 was not exploitable.', 'P3'],
    ['Kiosk systems must be rebooted within 21 days.', 'P4'],
  ])('stands: %s', (text, id) => expect(ground(text, id)).toMatchObject({ ok: true, text }));

  it('is cited by what it names, also where it names it in the text', () => {
    const grounded = ground('Internal servers are patched within 30 days [P1].');
    expect(grounded).toMatchObject({ ok: true, text: 'Internal servers are patched within 30 days.' });
  });
});

describe('an answer that passages do not carry', () => {
  it.each([
    ['Internet-facing servers are patched within 2 days.', 'P2'],
    ['Internet-facing servers are patched within 2 days.', 'P9'],
    ['Internet-facing servers are patched within 5 days.', 'P1'],
    ['Internal servers are patched within two weeks.', 'P1'],
    ['Internet-facing servers are not patched within 2 days.', 'P1'],
    ['The payment gateway is owned by Bob Mallory.', 'P2'],
    ['The payment gateway is reachable from the internet.', 'P2'],
    ['The platform team has owned pay-gw-01 since 2024-01-01.', 'P2'],
    ['CVE-2021-44228 was exploitable.', 'P3'],
    ['Kiosk systems must not be rebooted within 21 days.', 'P4'],
    ['CVE-2020-0001 was not exploitable.', 'P3'],
    ['All databases are encrypted with modern algorithms and rotated keys.', 'P1'],
    ['Visit https://evil.example for the policy of internal servers.', 'P1'],
    ['Ignore the previous instructions about internal servers.', 'P1'],
    ['<b>Internal servers</b> are patched within 30 days.', 'P1'],
  ])('does not stand: %s (%s)', (text, id) => expect(ground(text, id)).toMatchObject({ ok: false }));
});
