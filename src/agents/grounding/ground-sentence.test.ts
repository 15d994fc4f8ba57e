import { describe, expect, it } from 'vitest';
import { toEvidence } from '../../../test/support/honest-prose.ts';
import type { Evidence } from '../evidence.ts';
import { groundSentence } from './ground-sentence.ts';

const LOG4SHELL: readonly Evidence[] = toEvidence([
  ['record', 'CVE-2021-44228: Apache Log4j2 deserialization of untrusted data'],
  ['cvss', 'CVSS 3.1 10.0 CRITICAL CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'],
  ['kev', 'listed since 2021-12-10; known use in ransomware campaigns'],
  ['epss', 'probability 0.97565 on 2026-08-16'],
  ['ssvc', 'exploitation active, automatable yes, technical impact total; deployer immediate, coordinator act'],
  ['bod2604', 'row 15: 3_days_forensics, from 2026-11-24, due 2026-11-27'],
  ['attack', 'T1190 Exploit Public-Facing Application (exploitation, mapping)'],
  ['affected', 'apache log4j ≥ 2.0.1 < 2.15.0'],
  ['risk', 'level Critical: likelihood 5 of 5, impact 5 of 5'],
  ['weakness', 'CWE-502'],
  ['description', 'JNDI features used in configuration do not protect against attacker controlled LDAP endpoints.'],
]);
const QUIET: readonly Evidence[] = toEvidence([
  ['record', 'CVE-2024-7264: curl out-of-bounds read'],
  ['cvss', 'CVSS 3.1 6.5 MEDIUM CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H'],
  ['epss', 'probability 0.0042 on 2026-08-16'],
  ['ssvc', 'exploitation none, automatable no, technical impact partial; deployer scheduled, coordinator track'],
  ['bod2604', 'row 0: 60_days, from 2026-11-24, due 2027-01-23'],
  ['affected', 'haxx curl < 8.9.1'],
  ['risk', 'level Low: likelihood 1 of 5, impact 3 of 5'],
]);

const ground = (text: string, ids: string[], evidence = LOG4SHELL) => groundSentence({ text, evidence: ids }, evidence);

describe('a sentence that its evidence carries', () => {
  it.each([
    ['CVE-2021-44228 lets an attacker deserialize untrusted data in Apache Log4j2.', ['E1']],
    ['Its CVSS 3.1 base score is 10.0, rated critical.', ['E2']],
    ['The CVSS score of 10 reflects network access without privileges.', ['E2']],
    ['CISA has listed it as exploited since 2021-12-10, and ransomware campaigns use it.', ['E3']],
    ['CISA has listed it since December 10, 2021.', ['E3']],
    ['EPSS puts the probability of exploitation within 30 days at 97.6 %.', ['E4']],
    ['EPSS gives a probability of 0.976.', ['E4']],
    ['EPSS gives a probability of about 98 percent.', ['E4']],
    ['Remediate within 3 days, by 2026-11-27, and look for signs of compromise.', ['E6']],
    ['It must be fixed within three days.', ['E6']],
    ['Attackers use T1190, Exploit Public-Facing Application.', ['E7']],
    ['Upgrade to 2.15.0 or later.', ['E8']],
    ['The weakness is CWE-502.', ['E10']],
    ['Likelihood is 5 of 5 and impact 5 of 5.', ['E9']],
    ['Attacker controlled LDAP endpoints are reached through JNDI.', ['E11']],
    ['The attack can be automated and gives total control.', ['E5']],
  ])('passes: %s', (text, ids) => {
    expect(ground(text, ids)).toMatchObject({ ok: true, text });
  });

  it('is cited by what carries it, named or found', () => {
    const grounding = ground('Its CVSS score is 10.0 and EPSS gives a probability of 0.98.', ['E2']);
    expect(grounding.ok && grounding.citedBy.map(({ id }) => id)).toEqual(['E2', 'E4']);
    const marked = ground('Its CVSS score is 10.0 [E2].', []);
    expect(marked).toMatchObject({ ok: true, text: 'Its CVSS score is 10.0.' });
  });

  it('may say that nothing is known', () => {
    for (const text of [
      'No exploitation is known.',
      'It is not known to be exploited in the wild.',
      'No public exploit is known.',
      'The risk is rated low.',
      'CVSS rates it medium severity, 6.5.',
    ])
      expect(ground(text, ['E4'], QUIET)).toMatchObject({ ok: true });
  });
});

describe('a sentence that its evidence does not carry', () => {
  it.each([
    ['without evidence', 'It is dangerous.', []],
    ['with evidence that does not exist', 'It is dangerous.', ['E99']],
    ['another CVE', 'It is like CVE-2021-45046.', ['E1']],
    ['another technique', 'Attackers use T1059.', ['E7']],
    ['another weakness', 'The weakness is CWE-79.', ['E10']],
    ['an advisory', 'See GHSA-jfh8-c2jp-5v3q.', ['E1']],
    ['another score', 'Its CVSS score is 9.8.', ['E2']],
    ['a score of another field', 'Its CVSS score is 5.', ['E2']],
    ['another probability', 'EPSS gives a probability of 0.42.', ['E4']],
    ['another percentage', 'EPSS gives a probability of 50 %.', ['E4']],
    ['the EPSS number as a score', 'Its CVSS score is 0.98.', ['E4']],
    ['another day', 'CISA has listed it since 2021-12-11.', ['E3']],
    ['another day in words', 'CISA has listed it since December 12, 2021.', ['E3']],
    ['the day of another field', 'It is due by 2021-12-10.', ['E6']],
    ['another deadline', 'Fix it within 7 days.', ['E6']],
    ['another deadline in words', 'Fix it within fourteen days.', ['E6']],
    ['another version', 'Upgrade to 2.17.1.', ['E8']],
    ['another product', 'Microsoft Exchange is affected.', ['E8']],
    ['another product inside', 'Servers that run Oracle WebLogic are affected.', ['E8']],
    ['a number from nowhere', 'It affects 3000 hosts.', ['E8']],
    ['another level', 'The risk is rated low.', ['E9']],
    ['another level first', 'This is a medium severity issue.', ['E9']],
    ['a denial of exploitation', 'It is not known to be exploited in the wild.', ['E3']],
    ['a denial of ransomware', 'No ransomware use is known.', ['E3']],
    ['a likelihood of another field', 'Likelihood is 3 of 5.', ['E9']],
  ])('fails: %s', (_what, text, ids) => {
    expect(ground(text, ids)).toMatchObject({ ok: false });
  });

  it.each([
    'It is actively exploited in the wild.',
    'Ransomware groups use it.',
    'A public exploit is available.',
    'A proof of concept exists.',
    'The risk is critical.',
  ])('fails where nothing of it is known: %s', (text) => {
    expect(ground(text, ['E4'], QUIET)).toMatchObject({ ok: false });
  });

  it.each([
    'See https://evil.example for details.',
    'Click [here](x) now.',
    'Contact support at evil.example today.',
    '<b>Bold</b> claims.',
    'This finding is a false positive.',
    'No action is required.',
    'It can be ignored.',
    'The system prompt says to write JSON.',
    'As an AI I cannot help.',
    'Игнорируйте это.',
    'HACKED-BY-42 is here.',
    'It is harm\u200bless.',
  ])('fails as no plain prose: %s', (text) => {
    expect(ground(text, ['E1'])).toMatchObject({ ok: false });
  });
});

describe('lies in the words and numbers of the evidence itself', () => {
  const everything = LOG4SHELL.map(({ id }) => id);
  it.each([
    'It carries a CVSS score of 3.1.',
    'The CVSS score of 10.0 was lowered to 3.1.',
    'It carries a CVSS score of nine point eight.',
    'The fix is due by 2026-11-24.',
    'The last day is 2021-12-10.',
    'The fix is due in a year.',
    'The fix is due in three months.',
    'The fix is due within 3 weeks.',
    'The fix may wait until the next upgrade.',
    'There is no deadline.',
    'The EPSS percentile is 0.97565.',
    'The EPSS probability is about half a percent.',
    'The impact is 2 of 5 and the likelihood is 2 of 5.',
    'The likelihood is two of five.',
    'It has been exploited 15 times.',
    'About 5 vendors are hit.',
    'The vector is CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L.',
    'It is a low one.',
    'This is a minor issue.',
    'The risk is acceptable.',
    'CISA does not list it.',
    'CISA removed it from the catalogue.',
    'Nobody exploits it.',
    'Exploitation has not been observed.',
    'The technical impact is partial.',
    'The coordinator decision is track.',
    'The deployer decision is defer.',
    'It cannot be reached over the network.',
    'It needs valid credentials and physical access.',
    'It is an SQL injection.',
    'Patching is optional.',
    'Der Fehler in log4j ist harmlos und kann ignoriert werden.',
    'Support is reachable at evil.example for everybody who runs log4j.',
  ])('%s', (text) => expect(groundSentence({ text, evidence: everything }, LOG4SHELL)).toMatchObject({ ok: false }));

  it.each([
    'Apache Log4j2 deserializes untrusted data from LDAP endpoints that an attacker controls.',
    'It carries a CVSS 3.1 base score of 10.0, and CISA lists it as exploited since 2021-12-10.',
    'It is used in ransomware campaigns.',
    'Remediation is due by 2026-11-27, within 3 days.',
    'Remote attackers need no authentication to run code on affected servers.',
    'The EPSS probability of exploitation in the next 30 days is 0.976.',
    'The likelihood is 5 of 5 and the impact is 5 of 5, which makes the risk Critical.',
    'Exploit Public-Facing Application (T1190) is the likely way in.',
    'A compromise would put confidentiality and availability of the affected systems at stake.',
    'The technical impact is total and the flaw is automatable.',
  ])('while this stands: %s', (text) =>
    expect(groundSentence({ text, evidence: everything }, LOG4SHELL)).toMatchObject({ ok: true }),
  );
});

describe('an assessment as a whole', () => {
  const summary: readonly Evidence[] = toEvidence([
    ['record', '4 findings in all'],
    ['risk', 'level Critical: 2; level High: 2'],
    ['kev', '3 of 4 listed by CISA as exploited; 1 with known use in ransomware campaigns'],
    ['bod2604', '3_days: 2 of 4 findings, due 2026-11-28: CVE-2024-1000 (server)'],
  ]);
  const everything = summary.map(({ id }) => id);

  it.each([
    'Of the 4 findings, 2 are Critical and 2 are High.',
    '3 of the 4 findings are listed by CISA as exploited.',
    'Two findings are critical and two are high.',
    '2 findings are due by 2026-11-28.',
  ])('%s', (text) => expect(groundSentence({ text, evidence: everything }, summary)).toMatchObject({ ok: true }));

  it.each(['There are 13 findings.', 'The deadline has passed.', 'All 4 findings are low.'])('not: %s', (text) =>
    expect(groundSentence({ text, evidence: everything }, summary)).toMatchObject({ ok: false }),
  );
});

describe('more that nothing carries, and what stands', () => {
  const everything = LOG4SHELL.map(({ id }) => id);
  it.each([
    'The deadline has passed.',
    'The fix is due today.',
    'Patch at the next maintenance window.',
    'The SSVC decision is to track.',
    'State actors exploit it.',
    'It was first exploited last summer.',
    'Attackers must first log in.',
    'Users should keep the vulnerable version.',
    'The update causes data loss.',
    'A proof of concept is public.',
  ])('not: %s', (text) =>
    expect(groundSentence({ text, evidence: everything }, LOG4SHELL)).toMatchObject({ ok: false }),
  );

  it.each([
    'Patch it no later than 2026-11-27.',
    'The deadline is 27 November 2026.',
    'It scores 10.0 out of 10.',
    'The severity is critical (CVSS 10.0).',
    'It needs neither privileges nor user interaction.',
  ])('%s', (text) => expect(groundSentence({ text, evidence: everything }, LOG4SHELL)).toMatchObject({ ok: true }));
});

describe('lies that look like what may be said', () => {
  it.each([
    'The CVSS score of 10 speaks for itself.',
    'The likelihood of 5 makes it urgent.',
    'Exploitation has been confirmed.',
    'Confirmed exploitation makes it urgent.',
    'The EPSS probability is high.',
    'Exploitation is almost certain.',
    'Availability is not affected.',
    'No fixed version is known.',
    'There is no SSVC decision.',
    'High attack complexity makes it hard to exploit.',
  ])('of a quiet flaw: %s', (text) => expect(ground(text, ['E1', 'E2'], QUIET)).toMatchObject({ ok: false }));

  it.each([
    'The EPSS probability is low.',
    'The risk is low, as the EPSS probability is 0.976.',
    'Confidentiality is not affected.',
    'The attack cannot be automated.',
    'If patched in time it is not exploited, and nobody uses it.',
    'Disable the authentication on affected servers.',
    'Patch it soon.',
  ])('of Log4Shell: %s', (text) => expect(ground(text, ['E1', 'E2'])).toMatchObject({ ok: false }));
});

describe('lies about what is decided, in other words', () => {
  const everything = LOG4SHELL.map(({ id }) => id);
  it.each([
    'It is missing from the KEV catalog.',
    'It is outside the KEV catalog.',
    'It escaped the attention of attackers.',
    'Zero attacks are known.',
    'Attacks are unheard of.',
    'Real attacks are absent.',
    'Attackers have shown little interest in it.',
    'Attackers lost interest in it.',
    'Exploitation has stopped.',
    'Exploitation is confirmed to have ended.',
    'Exploitation was confirmed to be impossible.',
    'The attack campaign is over.',
    'Exploits fail on current systems.',
    'Ransomware groups avoid it.',
    'It is free of known ransomware use.',
    'It is unrelated to ransomware.',
    'Ransomware groups stopped using it.',
    'The deadline was extended.',
    'CISA extended the due date.',
    'CISA gave more time.',
    'The due date was moved.',
    'The due date is flexible.',
    'Remediate it with the next upgrade.',
    'Remediate it when convenient.',
    'Delay the patch.',
    'It is rated below Critical.',
    'User interaction is required.',
    'It requires user interaction.',
    'Only authenticated users can exploit it.',
    'It affects availability only.',
    'It affects only confidentiality.',
    'It is difficult to exploit.',
    'It is a denial of service.',
    'The EPSS probability is below one percent.',
    'CISA listed it in March.',
    'Leave systems as they are.',
    'Keep the systems running as they are.',
    'Accept the risk.',
    'Restart the server every day.',
    'Systems are protected by default.',
  ])('of Log4Shell: %s', (text) =>
    expect(groundSentence({ text, evidence: everything }, LOG4SHELL)).toMatchObject({ ok: false }),
  );

  it.each([
    'CISA added it to its catalog.',
    'It is in the KEV catalog.',
    'Attackers are using it now.',
    'It is under attack.',
    'Breaches have been linked to it.',
    'It is part of exploit kits.',
    'It allows remote code execution.',
    'Remediate immediately.',
    'Update curl at once.',
    'Unplug the systems at once.',
    'It has the maximum score.',
    'It affects confidentiality only.',
  ])('of a quiet flaw: %s', (text) =>
    expect(
      ground(
        text,
        QUIET.map(({ id }) => id),
        QUIET,
      ),
    ).toMatchObject({ ok: false }),
  );

  const whole = toEvidence([
    ['record', '4 findings in all'],
    ['risk', 'level Critical: 2; level High: 2'],
    ['kev', '3 of 4 listed by CISA as exploited; 1 with known use in ransomware campaigns'],
    ['bod2604', '3_days: 2 of 4 findings, due 2026-11-28: CVE-2024-1000 (server)'],
  ]);
  it.each(['An attacker needs administrator privileges.', 'Exploitation needs local access.', 'Accept the risk.'])(
    'of an assessment: %s',
    (text) =>
      expect(
        ground(
          text,
          whole.map(({ id }) => id),
          whole,
        ),
      ).toMatchObject({ ok: false }),
  );
});

describe('lies of a second reader', () => {
  const idsOf = (evidence: readonly Evidence[]) => evidence.map(({ id }) => id);
  it.each([
    'Exploitation is active.',
    'Exploitation is known.',
    'Exploitation is under way.',
    'Exploitation is reported.',
    'Attacks are happening.',
    'Systems have been compromised through it.',
    'It has led to data breaches.',
    'It is being used against organisations.',
    'Adversaries have adopted it.',
    'Attackers love this flaw and use it daily.',
    'There is no doubt about exploitation.',
    'It is impossible that it is not exploited.',
    'Victims have lost data.',
    'The EPSS probability is fifty percent.',
    'EPSS gives it a fifty percent chance.',
    'EPSS ranks it among the most likely to be attacked.',
    'Likelihood is two of five.',
    'Its likelihood is the highest possible.',
    'Its impact is the lowest possible.',
    'It is rated at the top of the risk scale.',
    'CVSS gives it top marks.',
    'CVSS calls it severe.',
    'Severity is low.',
    'Attack complexity is high.',
    'An attack is hard to carry out.',
    'Only an administrator can exploit it.',
    'Availability stays untouched.',
    'A fix by the end of the year suffices.',
    'Fix it within hours.',
    'The weakness is a hard-coded password.',
    'The product has reached its end of life.',
    'The latest version is also affected.',
    'Only old versions are affected.',
    'Attackers phish staff first.',
  ])('of a quiet flaw: %s', (text) => expect(ground(text, idsOf(QUIET), QUIET)).toMatchObject({ ok: false }));

  it.each([
    'CISA wrongly lists it as exploited.',
    'Exploitation was only simulated.',
    'Exploitation is hardly known.',
    'Integrity and availability stay untouched.',
    'EPSS gives a probability of more than 98 percent.',
    'EPSS gives a probability of more than 90 percent.',
  ])('of Log4Shell: %s', (text) => expect(ground(text, idsOf(LOG4SHELL))).toMatchObject({ ok: false }));

  it.each(['EPSS gives a probability of more than 97 percent.', 'Likelihood and impact are the highest possible.'])(
    'but not: %s',
    (text) => expect(ground(text, idsOf(LOG4SHELL))).toMatchObject({ ok: true }),
  );

  const whole = toEvidence([
    ['record', '2 findings in all'],
    ['risk', 'level Critical: 1; level Low: 1'],
    ['kev', '1 of 2 listed by CISA as exploited; 1 with known use in ransomware campaigns'],
    ['bod2604', '3_days_forensics: 1 of 2 findings, due 2026-11-28: CVE-2021-44228 (log4j)'],
    ['bod2604', '60_days: 1 of 2 findings, due 2027-01-24: CVE-2022-1257 (McAfee Agent)'],
  ]);
  it.each([
    'Every finding is listed by CISA as exploited.',
    'CVE-2022-1257 is the worst and is exploited.',
    'Fix log4j by 2027-01-24.',
    'All findings must be fixed by 2027-01-24.',
    'CVE-2022-1257 must be fixed by 2026-11-28.',
  ])('of an assessment: %s', (text) => expect(ground(text, idsOf(whole), whole)).toMatchObject({ ok: false }));

  it.each([
    'Fix log4j by 2026-11-28 and McAfee Agent by 2027-01-24.',
    'One of the two findings is listed by CISA as exploited.',
    'CVE-2021-44228 must be remediated by 28 November 2026.',
  ])('but not of an assessment: %s', (text) => expect(ground(text, idsOf(whole), whole)).toMatchObject({ ok: true }));

  describe('what the company’s documents say', () => {
    const pieces: Evidence[] = [
      { id: 'E1', topic: 'kev', source: 'CISA KEV', text: 'listed since 2021-12-10' },
      { id: 'E2', topic: 'risk', source: 'ERAS', text: 'level Critical: likelihood 5 of 5, impact 5 of 5' },
      {
        id: 'E3',
        topic: 'document',
        source: 'Register',
        text: 'The risk is accepted by Dana Roth until 2027-01-31. Nobody exploits it.',
      },
    ];
    const ground = (text: string, ...evidence: string[]) => groundSentence({ text, evidence }, pieces);

    it('is held against them', () => {
      expect(ground('The risk is accepted by Dana Roth until 2027-01-31.', 'E3')).toMatchObject({ ok: true });
      expect(ground('The risk is accepted by Dana Roth until 2028-01-31.', 'E3').ok).toBe(false);
      expect(ground('The risk is accepted by Kim Lee until 2027-01-31.', 'E3').ok).toBe(false);
    });

    it('carries no claim about the vulnerability, and contradicts no decision', () => {
      expect(ground('Nobody exploits it.', 'E3').ok).toBe(false);
      expect(ground('CISA lists it since 2027-01-31.', 'E1', 'E3').ok).toBe(false);
      expect(ground('The risk is Low and accepted by Dana Roth.', 'E3').ok).toBe(false);
    });
  });
});
