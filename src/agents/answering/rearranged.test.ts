import { describe, expect, it } from 'vitest';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { groundAnswer } from './ground-answer.ts';

const ground = (own: string, text: string, place = '') =>
  groundAnswer({ text, evidence: ['P1'] }, [
    { id: 'P1', own, text: place === '' ? own : `${place}: ${own}`, passage: { id: 'P1' } as unknown as RankedPassage },
  ]);

/** What a passage says, and what may be said of it. */
const FAITHFUL: readonly (readonly [string, string])[] = [
  ['The CISO must approve exceptions of the platform team.', 'The CISO must approve exceptions of the platform team.'],
  [
    'The CISO must approve exceptions of the platform team.',
    'Exceptions of the platform team are approved by the CISO.',
  ],
  [
    'Exceptions must be approved by the CISO before they are used.',
    'The CISO must approve exceptions before they are used.',
  ],
  [
    'Firewall changes are reviewed by the network team within two days.',
    'The network team reviews firewall changes within two days.',
  ],
  [
    'The network team reviews firewall changes within two days.',
    'Within two days, the network team reviews firewall changes.',
  ],
  ['Internal servers are patched within 30 days of a fix.', 'Within 30 days of a fix internal servers are patched.'],
  [
    'The risk of the legacy server was accepted by the board until 2027-12-31.',
    'Until 2027-12-31 the board has accepted the risk of the legacy server.',
  ],
  ['pay-gw-01 depends on the database pay-db-01.', 'pay-gw-01 depends on the database pay-db-01.'],
  [
    'Traffic from the DMZ to the core is blocked by the firewall.',
    'The firewall blocks traffic from the DMZ to the core.',
  ],
  [
    'Backups of the order database are copied to Frankfurt every night.',
    'Every night, backups of the order database are copied to Frankfurt.',
  ],
  ['The owner of the payment gateway is the platform team.', 'The platform team is the owner of the payment gateway.'],
  [
    'Ann Example leads the security team and reports to the board.',
    'The security team is led by Ann Example, who reports to the board.',
  ],
  [
    'Incidents are reported by e-mail to the SOC within four hours.',
    'Incidents are reported to the SOC by e-mail within four hours.',
  ],
  [
    'Suppliers must tell the company of a breach within 24 hours.',
    'A breach must be told the company by suppliers within 24 hours.',
  ],
  ['Laptops, phones and tablets are encrypted.', 'Tablets, phones and laptops are encrypted.'],
  [
    'The CISO, the board and the auditor approve the policy.',
    'The auditor, the board and the CISO approve the policy.',
  ],
  [
    'The payment gateway pay-gw-01 is owned by the platform team. It was reviewed in 2024 by Ann Example.',
    'The payment gateway pay-gw-01 was reviewed by Ann Example in 2024.',
  ],
  [
    'The gateway is owned by the platform team since 2025-03-01. It was reviewed in 2024.',
    'The gateway was reviewed in 2024.',
  ],
  [
    'Internet-facing servers are patched within 2 days. Internal servers are patched within 30 days.',
    'Internet-facing servers are patched within 2 days and internal servers within 30 days.',
  ],
  [
    'pay-gw-01 is owned by Ann Example. pay-gw-02 is owned by Bob Sample.',
    'pay-gw-02 is owned by Bob Sample, and pay-gw-01 by Ann Example.',
  ],
  [
    'pay-gw-01 is owned by Ann Example. pay-gw-02 is owned by Ann Example.',
    'Ann Example owns pay-gw-01 and pay-gw-02.',
  ],
  ['Keys are rotated by the vault before they expire.', 'Before they expire, keys are rotated by the vault.'],
  ['The vault rotates keys every ninety days.', 'Keys are rotated by the vault every ninety days.'],
  [
    'Administrators use hardware tokens to log in to production systems.',
    'To log in to production systems, administrators use hardware tokens.',
  ],
  [
    'Vulnerability scans of the shop run every week and are read by the security team.',
    'The security team reads the vulnerability scans of the shop, which run every week.',
  ],
  ['A change that was not tested may not be deployed.', 'A change may not be deployed that was not tested.'],
  [
    'Log files are kept for one year in the archive and deleted after it.',
    'Log files are kept in the archive for one year.',
  ],
  [
    'If a server cannot be patched, its owner asks the CISO for an exception.',
    'The owner asks the CISO for an exception if a server cannot be patched.',
  ],
  [
    'Access to customer data is granted by the data owner after a check by HR.',
    'After a check by HR, the data owner grants access to customer data.',
  ],
  [
    'Production data may be copied to test systems where the data owner has agreed.',
    'Where the data owner has agreed, production data may be copied to test systems.',
  ],
];

/** What a passage says, and what has its words and says something else. */
const TURNED: readonly (readonly [string, string])[] = [
  ['The CISO must approve exceptions of the platform team.', 'The platform team must approve exceptions of the CISO.'],
  [
    'The CISO must approve exceptions of the platform team.',
    'The CISO must be approved by exceptions of the platform team.',
  ],
  ['The network team reviews changes of the firewall team.', 'The firewall team reviews changes of the network team.'],
  ['Changes are reviewed by the network team for the firewall.', 'Changes review the network team for the firewall.'],
  ['Traffic from the DMZ to the core is blocked.', 'Traffic from the core to the DMZ is blocked.'],
  ['pay-gw-01 depends on the database pay-db-01.', 'pay-db-01 depends on the database pay-gw-01.'],
  [
    'The order service calls the billing service through the gateway.',
    'The billing service calls the order service through the gateway.',
  ],
  [
    'Ann Example reports to Bob Sample in the security team.',
    'Bob Sample reports to Ann Example in the security team.',
  ],
  ['The board accepted the risk that the CISO had named.', 'The CISO accepted the risk that the board had named.'],
  ['Suppliers must tell the company of a breach.', 'The company must tell suppliers of a breach.'],
  [
    'Backups are copied from Berlin to Frankfurt every night.',
    'Backups are copied from Frankfurt to Berlin every night.',
  ],
  ['Scans run before patches are deployed to production.', 'Patches are deployed before scans run to production.'],
  ['Production data may be copied to test systems.', 'Test systems may be copied to production data.'],
  ['Keys of the vault protect secrets of the shop.', 'Secrets of the shop protect keys of the vault.'],
  ['The data owner grants access that HR has checked.', 'HR grants access that the data owner has checked.'],
  [
    'Internet-facing servers are patched within 2 days. Internal servers are patched within 30 days.',
    'Internet-facing servers are patched within 30 days.',
  ],
  [
    'Internet-facing servers are patched within 2 days. Internal servers are patched within 30 days.',
    'Internal servers are patched within 2 days.',
  ],
  ['pay-gw-01 is owned by Ann Example. pay-gw-02 is owned by Bob Sample.', 'pay-gw-01 is owned by Bob Sample.'],
  ['pay-gw-01 is owned by Ann Example. pay-gw-02 is owned by Bob Sample.', 'Ann Example owns pay-gw-02.'],
  ['The gateway is owned by Ann. The database is owned by Bob.', 'The gateway is owned by Bob.'],
  [
    'The shop was reviewed on 2025-03-01. The vault was reviewed on 2024-01-15.',
    'The shop was reviewed on 2024-01-15.',
  ],
  [
    'Availability of the shop is 99 percent. Availability of the vault is 95 percent.',
    'Availability of the vault is 99 percent.',
  ],
];

describe('the words of a passage', () => {
  it.each(FAITHFUL)('%s may be said as: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: true }));

  it.each(TURNED)('%s does not say: %s', (own, text) => expect(ground(own, text)).toMatchObject({ ok: false }));
});

describe('a heading', () => {
  it('names what its text speaks of', () => {
    expect(
      ground(
        'It is owned by the platform team.',
        'The payment gateway is owned by the platform team.',
        'Payment gateway',
      ).ok,
    ).toBe(true);
    expect(
      ground(
        'The board accepted the risk until 2027.',
        'The board accepted the risk of CVE-2021-44228 until 2027.',
        'CVE-2021-44228',
      ).ok,
    ).toBe(true);
  });

  it.each([
    ['Kiosk systems must be rebooted daily', 'The annex has more on this.', 'Kiosk systems must be rebooted daily.'],
    ['Servers are patched within 2 days', 'Servers are patched by their owners.', 'Servers are patched within 2 days.'],
    [
      'Availability of 99 percent',
      'The shop has an availability that is measured.',
      'The shop has an availability of 99 percent.',
    ],
  ])('carries nothing: %s', (place, own, text) => expect(ground(own, text, place)).toMatchObject({ ok: false }));
});
