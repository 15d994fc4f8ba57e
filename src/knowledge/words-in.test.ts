import { describe, expect, it } from 'vitest';
import { wordsIn } from './words-in.ts';

describe('the words of a text', () => {
  it.each([
    ['Internal servers are patched.', 'server'],
    ['The policy applies.', 'policies'],
    ['Exceptions were approved.', 'approves'],
    ['pay-gw-01 is ours.', 'pay-gw-01'],
    ['pay-gw-01 is ours.', 'pay-gw'],
    ['Internet facing hosts', 'internet-facing'],
    ['internet-facing hosts', 'facing'],
    ['Since 2022-03-04', '2022'],
    ['Löschung der Geräte', 'geräte'],
    ['FortiOS 7.4.3', '7.4.3'],
    ['mail.example.org', 'example'],
  ])('%s: has %s', (text, word) => expect(wordsIn(text)(word)).toBe(true));

  it.each([
    ['CVE-2021-44228 was found.', 'cve-2021-4422'],
    ['CVE-2022-44228 was found.', '2022'],
    ['T1190 was used.', 't119'],
    ['srv-150 is ours.', 'srv-1'],
    ['host570 and host5', 'host57'],
    ['FortiOS 7.4.3', '7.4'],
    ['The telephone rang.', 'phone'],
    ['We use microphones.', 'phone'],
    ['A numberless desktop', 'desk'],
  ])('%s: has not %s', (text, word) => expect(wordsIn(text)(word)).toBe(false));
});
