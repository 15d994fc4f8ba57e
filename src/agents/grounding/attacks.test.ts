import { describe, expect, it } from 'vitest';
import { ATTACKS } from '../../../test/support/attack-corpus.ts';
import type { Evidence } from '../evidence.ts';
import { groundSentence } from './ground-sentence.ts';
import { safeSentences } from './untrusted-text.ts';

const HONEST = 'An out-of-bounds read in the parser of Example Server lets remote attackers crash it.';
const EVIDENCE: readonly Evidence[] = [
  { id: 'E1', topic: 'record', source: 'CVE record', text: 'CVE-2024-1000: Example Server: out-of-bounds read' },
  { id: 'E2', topic: 'cvss', source: 'NVD', text: 'CVSS 3.1 7.5 HIGH CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  { id: 'E3', topic: 'bod2604', source: 'CISA BOD 26-04', text: 'row 1: 14_days, from 2026-11-24, due 2026-12-08' },
  { id: 'E4', topic: 'risk', source: 'ERAS', text: 'level High: likelihood 4 of 5, impact 3 of 5' },
];

it('the corpus is large enough', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

describe.each(ATTACKS)('an attack by $name', ({ text, wanted }) => {
  it('does not enter a prompt, while what the record says does', () => {
    expect(safeSentences(`${HONEST} ${text}`, 5000)).toBe(HONEST);
  });

  it('does not leave an answer, even where a model obeys', () => {
    const everything = EVIDENCE.map(({ id }) => id);
    const evidence = [...EVIDENCE, { id: 'E5', topic: 'description', source: 'CVE record', text: HONEST } as const];
    expect(groundSentence({ text: wanted, evidence: [...everything, 'E5'] }, evidence)).toMatchObject({ ok: false });
  });
});
