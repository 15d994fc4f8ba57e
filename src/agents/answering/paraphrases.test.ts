import { describe, expect, it } from 'vitest';
import { violationAgainstText } from '../grounding/ground-text.ts';

/** What documents say, what may be said of it in other words, and what may not: written to find what falls and what passes, and not beside the rules. */
const PASSAGES: readonly (readonly [passage: string, honest: readonly string[], dishonest: readonly string[]])[] = [
  [
    'Ryuk ransomware actors typically deploy the ransomware as a secondary payload. In the past, the actors used TrickBot or BazarLoader to gain initial access. Organizations should maintain offline, encrypted backups of data and regularly test these backups.',
    [
      'Companies should keep encrypted backups offline and test them regularly.',
      'Usually the actors drop Ryuk as a second payload.',
      'BazarLoader or TrickBot gave the actors their initial access in the past.',
      'Backups should be kept offline, encrypted, and tested on a regular basis.',
    ],
    [
      'Companies should keep encrypted backups online and test them regularly.',
      'Ryuk is always dropped as a second payload.',
      'Ryuk gave the actors of TrickBot their initial access.',
      'Organizations should maintain unencrypted backups offline.',
    ],
  ],
  [
    'Patch operating systems, software, and firmware as soon as manufacturers release updates. Disable unused remote access ports and monitor remote access logs. Audit user accounts with administrative privileges and configure access controls with least privilege in mind.',
    [
      'Operating systems, software and firmware are to be patched once vendors publish updates.',
      'Unused ports for remote access should be turned off, and remote access logs watched.',
      'Review accounts that have administrative privileges, and set up access controls by least privilege.',
      'Updates for firmware should be applied immediately after their release by the manufacturer.',
    ],
    [
      'Operating systems, software and firmware are to be patched before vendors publish updates.',
      'Unused ports for remote access should be turned on, and remote access logs watched.',
      'Enable remote access ports that are unused.',
      'Never audit accounts that have administrative privileges.',
    ],
  ],
  [
    'The deployer decision has four outcomes: defer, scheduled, out-of-cycle and immediate. Deployers should act quickly, typically outside of their regular update process, for out-of-cycle. Scheduled means to act during the regularly scheduled maintenance time.',
    [
      'There are four outcomes of the deployer decision: defer, scheduled, out-of-cycle, immediate.',
      'For scheduled, one acts in the regular maintenance window.',
      'Out-of-cycle asks deployers for quick action, usually not within the regular update process.',
      'A scheduled outcome is handled at the regularly planned maintenance time.',
    ],
    [
      'There are three outcomes of the deployer decision: defer, scheduled, out-of-cycle.',
      'For immediate, one acts in the regular maintenance window.',
      'Out-of-cycle asks deployers to act during the regularly scheduled maintenance time.',
      'Scheduled asks deployers for quick action outside of their regular update process.',
    ],
  ],
  [
    'Exploitation has three values: none, public PoC and active. A value of none does not imply that the vulnerability is not exploitable. If the vendor confirms a proof of concept, the value is public PoC.',
    [
      "A value of none doesn't mean that the vulnerability can't be exploited.",
      'Where the vendor confirms a proof of concept, the value is set to public PoC.',
      'Exploitation can be none, public PoC or active.',
    ],
    [
      'A value of none means that the vulnerability is not exploitable.',
      'Where the vendor confirms a proof of concept, the value is set to active.',
      'Exploitation can be none, public PoC or passive.',
    ],
  ],
  [
    'EPSS estimates the probability that a vulnerability will be exploited in the next 30 days. The scores are updated daily. EPSS produces a score between 0 and 1 for each vulnerability, and it is provided by FIRST.',
    [
      'EPSS gives the likelihood of a vulnerability being exploited during the next 30 days.',
      'Scores are refreshed every day.',
      'FIRST provides EPSS, whose scores lie between 0 and 1.',
      'Every vulnerability gets a score from 0 to 1.',
    ],
    [
      'EPSS gives the likelihood of a vulnerability being exploited during the next 60 days.',
      'Scores are refreshed every week.',
      'Every vulnerability gets a score from 0 to 10.',
    ],
  ],
  [
    'System administrators must change default passwords before a device is connected to the network. Accounts are locked after five failed attempts and remain locked for 30 minutes. Contractors may access the VPN only with multi-factor authentication.',
    [
      'Default passwords have to be replaced before a device goes on the network.',
      'After five unsuccessful attempts an account is locked for half an hour.',
      'Multi-factor authentication is required for contractors on the VPN.',
      'Contractors need multi-factor authentication to use the VPN.',
      'An account stays locked for 30 minutes.',
    ],
    [
      'Default passwords may be replaced before a device goes on the network.',
      'After three unsuccessful attempts an account is locked for 30 minutes.',
      'Contractors may access the VPN without multi-factor authentication.',
      'Employees may access the VPN only with multi-factor authentication.',
      'An account stays locked for 30 hours.',
    ],
  ],
  [
    'The incident response plan is reviewed annually by the CISO. Evidence is retained for two years. The legal team informs customers within 72 hours if personal data was lost.',
    [
      'Every year the CISO reviews the incident response plan.',
      'Evidence must be stored for two years.',
      'Customers are notified by the legal team within 72 hours when personal data was lost.',
      'The legal department tells customers no later than 72 hours after personal data was lost.',
      'Evidence is kept for 24 months.',
    ],
    [
      'Every month the CISO reviews the incident response plan.',
      'Evidence must be destroyed for two years.',
      'Customers are notified by the CISO within 72 hours when personal data was lost.',
      'The legal team tells customers after 72 hours if personal data was lost.',
      'The CISO informs the legal team within 72 hours if personal data was lost.',
    ],
  ],
  [
    'The database server db-07 runs PostgreSQL 15.4 and is backed up nightly to the vault in Frankfurt. Access to the vault is restricted to the storage team. Restores are rehearsed twice a year.',
    [
      'db-07 is saved every night to the Frankfurt vault.',
      'Only the storage team has access to the vault.',
      'Restores are practised two times a year.',
      'PostgreSQL 15.4 is running on db-07.',
    ],
    [
      'db-07 is saved every week to the Frankfurt vault.',
      'Only the storage team has no access to the vault.',
      'Restores are practised two times a month.',
      'PostgreSQL 14.5 is running on db-07.',
    ],
  ],
];

/** Honest sentences that fall: what the rules about words cannot tell. Who mends one takes it out. */
const KNOWN = new Set([
  'BazarLoader or TrickBot gave the actors their initial access in the past.',
  'Updates for firmware should be applied immediately after their release by the manufacturer.',
  'Out-of-cycle asks deployers for quick action, usually not within the regular update process.',
  'A scheduled outcome is handled at the regularly planned maintenance time.',
  'PostgreSQL 15.4 is running on db-07.',
]);

describe('a sentence in other words than the passage’s', () => {
  const judged = PASSAGES.flatMap(([passage, honest, dishonest]) => [
    ...honest.map((text) => ({ text, passage, holds: true })),
    ...dishonest.map((text) => ({ text, passage, holds: false })),
  ]);

  it.each(judged.filter(({ text }) => !KNOWN.has(text)))('is held: $holds, $text', ({ text, passage, holds }) =>
    expect(violationAgainstText(text, passage) === null).toBe(holds),
  );

  it.each(judged.filter(({ text }) => KNOWN.has(text)))('is judged wrongly still: $text', ({ text, passage, holds }) =>
    expect(violationAgainstText(text, passage) === null).toBe(!holds),
  );
});
