import { describe, expect, it } from 'vitest';
import { sectionText } from '../../../test/support/document-text.ts';
import {
  EXAMPLE_ASSET,
  EXAMPLE_HEAD,
  EXAMPLE_PORTFOLIO,
  exampleDiff,
  exampleDocument,
  exampleFinding,
} from '../../../test/support/report-input.ts';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { Block } from './document.ts';

const LOG4J = { purl: null, cpe: null, name: 'log4j', installedVersion: '2.14.1', fixedVersion: '2.17.1' };
const ACCEPTANCE = {
  owner: 'Ana',
  reason: 'isolated',
  approver: 'Ben',
  acceptedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-02-01T00:00:00Z',
};
const NARRATIVE: Finding['narrative'] = {
  summary: 'It is bad. It is known.',
  threat: '',
  remediation: '',
  businessImpact: '',
  source: 'llm',
  model: 'claude-haiku-5-5',
  citations: [{ claim: 'It is bad.', evidence: 'E2', source: 'NVD', text: 'CVSS 9.8' }],
  notes: [],
};

describe('the summary, page one', () => {
  it('says what is to be done when and by whom, why, what else happens, and how sure that is', async () => {
    const finding = exampleFinding({ asset: EXAMPLE_ASSET, component: LOG4J });
    const text = sectionText(await exampleDocument([finding]), 'summary');
    expect(text).toContain('1 fix due by 2026-03-04; 1 of 1 finding is known to be exploited.');
    expect(text).toContain('What must be done in the next seven days, by 2026-03-08?');
    expect(text).toContain('Upgrade log4j to 2.17.1 on shop by 2026-03-04, with forensics (owner: Platform team)');
    expect(text).toContain('Ransomware campaigns are known to use 1 finding.');
    expect(text).toContain('an attacker who succeeds has total control');
    expect(text).toContain('not known: no asset states what an event costs');
    expect(text).toContain(
      'As of: NVD 2026-03-01, CVE Program / CISA ADP 2025-12-24, CISA KEV 2026-03-01, FIRST EPSS 2026-03-01.',
    );
    expect(text).toContain('No earlier assessment was given');
  });

  it('has the money where it is known, and what changed since', async () => {
    const head = { ...EXAMPLE_HEAD, portfolio: EXAMPLE_PORTFOLIO };
    const [one, two] = [exampleFinding(), exampleFinding({ id: 'other' })];
    const document = await exampleDocument([one, two], { head, previous: exampleDiff([one], [one, two]) });
    expect(sectionText(document, 'summary')).toContain('Expected loss of USD 120,000 (± USD 900) a year');
    expect(sectionText(document, 'summary')).toContain(
      '(2026-02-01) 1 new, 0 gone, 0 worse, 0 better, 0 with the same outcome on other grounds, 1 as before.',
    );
    expect(sectionText(document, 'money')).toContain('1. Upgrade log4j to 2.17.1 | 2 | USD 90,000 | 75 %');
    expect(sectionText(document, 'changes')).toContain('Compared with assessment A0 of 2026-02-01.');
  });

  it('says how few fixes take most of the loss away, and that each line is after those above it', async () => {
    const [fix] = EXAMPLE_PORTFOLIO.fixes;
    if (fix === undefined) throw new Error('no fix');
    const steps = [
      [30_000, 0.25],
      [66_000, 0.8],
      [24_000, 1],
    ] as const;
    const fixes = steps.map(([aleRemoved, cumulativeShare]) => ({ ...fix, aleRemoved, cumulativeShare }));
    const head = { ...EXAMPLE_HEAD, portfolio: { ...EXAMPLE_PORTFOLIO, fixes, fixCount: 3 } };
    const text = sectionText(await exampleDocument([exampleFinding()], { head }), 'money');
    expect(text).toContain('The first 2 fixes together take away 80 % of the expected loss.');
    expect(text).toContain('Takes away a year, after those above');
    expect(text).toContain('2. Upgrade log4j to 2.17.1 | 2 | USD 66,000 | 80 %');
    expect(text).toContain('A later one may take away more than an earlier one');
  });

  it('tells what got worse or better, and because of whom', async () => {
    const quiet = exampleFinding({
      kevStatus: 'not_listed',
      kev: null,
      risk: { ...exampleFinding().risk, level: 'Medium' },
    });
    const document = await exampleDocument([exampleFinding()], { previous: exampleDiff([quiet], [exampleFinding()]) });
    expect(sectionText(document, 'summary')).toContain('1 worse, 0 better');
    expect(sectionText(document, 'summary')).toMatch(/Worst of what got worse: CVE-2024-1000 \(CISA KEV/);
    expect(sectionText(document, 'changes')).toMatch(/level: Medium → .*CISA KEV: not_listed → listed.* \| CISA KEV/);
  });

  it('calls what is past its date overdue', async () => {
    const past = exampleFinding({
      bod2604: { timeline: '3_days', row: 13, startDate: '2026-02-20', dueDate: '2026-02-28' },
    });
    const document = await exampleDocument([past, exampleFinding({ id: 'other', component: LOG4J })]);
    expect(sectionText(document, 'summary')).toContain('2 fixes due by 2026-03-04, 1 of them overdue;');
    expect(sectionText(document, 'summary')).toContain('by 2026-02-28, overdue (no owner known)');
    expect(sectionText(document, 'plan')).toContain('2026-02-28 overdue');
    expect(sectionText(document, 'plan')).not.toContain('2026-03-04 overdue');
  });

  it('asks for a new decision on what is accepted no longer, and of nothing else', async () => {
    const accepted = (state: 'active' | 'expired' | 'to_review', expiresAt = '2026-06-01T00:00:00Z') =>
      exampleFinding({
        id: state,
        acceptance: { ...ACCEPTANCE, state, expiresAt },
      });
    const document = await exampleDocument([accepted('active'), accepted('expired'), accepted('to_review')]);
    expect(sectionText(document, 'summary')).toContain('2 accepted risks have expired or must be reviewed');
    expect(sectionText(await exampleDocument([accepted('active')]), 'summary')).not.toContain('accepted risk');
    const ending = await exampleDocument([accepted('active', '2026-03-05T00:00:00Z')]);
    expect(sectionText(ending, 'summary')).toContain('1 accepted risk ends within these days: decide again.');
  });

  it('says of how many findings the money is, and which catalogues are old', async () => {
    const head = {
      ...EXAMPLE_HEAD,
      portfolio: { ...EXAMPLE_PORTFOLIO, findings: 1 },
      dataAsOf: { ...EXAMPLE_HEAD.dataAsOf, kev: { origin: 'snapshot' as const, at: '2025-08-25T00:00:00Z' } },
    };
    const text = sectionText(
      await exampleDocument([exampleFinding(), exampleFinding({ id: 'other' })], { head }),
      'summary',
    );
    expect(text).toContain('That is of 1 finding; the loss of the other 1 is not known.');
    expect(text).toContain('More than a week old when this was made: CVE Program / CISA ADP, CISA KEV.');
  });

  it('says so where nothing was found, and where nothing is due', async () => {
    expect(sectionText(await exampleDocument([]), 'summary')).toContain('Nothing was found to assess.');
    const late = exampleFinding({
      bod2604: { timeline: '60_days', row: 3, startDate: '2026-03-01', dueDate: '2026-04-30' },
    });
    const text = sectionText(await exampleDocument([late]), 'summary');
    expect(text).toContain('Nothing is due within seven days');
    expect(text).toContain('The next due date is 2026-04-30.');
  });

  it('says how many could not be read, and what the most hangs on', async () => {
    const text = sectionText(await exampleDocument([exampleFinding({ status: 'incomplete' })]), 'summary');
    expect(text).toContain('For 1 of 1 finding, a source could not be read');
    expect(text).toContain('Most hangs on ');
    expect(text).toContain('by 2026-03-04, with forensics, facts missing (no owner known)');
  });
});

describe('the threat view', () => {
  it('names groups that ATT&CK has seen using a technique, and how many more there are', async () => {
    const technique = {
      ...{ techniqueId: 'T1190', name: 'Exploit Public-Facing Application', tactics: ['initial-access'] },
      ...{ role: 'exploitation' as const, source: 'mapping' as const, confidence: 0.9, because: [] },
    };
    const known = { ...technique, groups: { names: ['APT28', 'APT29', 'APT39'], count: 42 } };
    const unseen = { ...technique, techniqueId: 'T1133', name: 'External Remote Services' };
    const text = sectionText(await exampleDocument([exampleFinding({ attack: [known, unseen] })]), 'threat');
    expect(text).toContain('T1190 Exploit Public-Facing Application | APT28, APT29, APT39 and 39 more | 1');
    expect(text).toContain('T1133 External Remote Services | – | 1');
  });
});

describe('the matrix', () => {
  it('counts each finding in its cell', async () => {
    const at = (likelihood: number, impact: number, level: 'High' | 'Low') =>
      exampleFinding({ risk: { ...exampleFinding().risk, likelihood, impact, score: likelihood * impact, level } });
    const document = await exampleDocument([at(3, 4, 'High'), at(3, 4, 'High'), at(1, 2, 'Low')]);
    const text = sectionText(document, 'heat-map');
    expect(text).toContain('3 | 0 | 0 | 0 | 2 High | 0');
    expect(text).toContain('1 | 0 | 1 Low | 0 | 0 | 0');
  });

  it('says how many have no place in it', async () => {
    const none = { ...exampleFinding().risk, likelihood: null, impact: null, score: null, level: null };
    const document = await exampleDocument([exampleFinding({ status: 'rejected', risk: none })]);
    expect(sectionText(document, 'heat-map')).toContain('1 finding without a place in the matrix');
  });
});

describe('the action plan', () => {
  it('joins what one fix mends, the earliest day first, and leaves out what is accepted', async () => {
    const acceptance = { owner: 'A', reason: 'old', approver: 'B', acceptedAt: '2026-01-01', expiresAt: '2026-06-01' };
    const document = await exampleDocument([
      exampleFinding({ component: LOG4J, asset: EXAMPLE_ASSET }),
      exampleFinding({ component: LOG4J, vulnerabilityId: 'CVE-2021-45046' }),
      exampleFinding({
        component: { ...LOG4J, name: 'xz' },
        kevStatus: 'not_listed',
        acceptance: { ...acceptance, state: 'active' },
      }),
      exampleFinding({ component: { ...LOG4J, name: 'bash' }, acceptance: { ...acceptance, state: 'active' } }),
      exampleFinding({ component: { ...LOG4J, name: 'zlib' }, acceptance: { ...acceptance, state: 'expired' } }),
    ]);
    const text = sectionText(document, 'plan');
    expect(text).toContain('2 findings: CVE-2024-1000, CVE-2021-45046');
    expect(text).toContain('Upgrade zlib to 2.17.1');
    expect(text).not.toContain('xz');
    // What CISA lists as exploited stays, whoever lives with it.
    expect(text).toContain('Upgrade bash to 2.17.1');
    expect(sectionText(document, 'accepted')).toMatch(/A \| B \| old \| 2026-06-01 \| in force/);
  });
});

describe('findings', () => {
  it('explains each vulnerability once, up to the limit, and lists all', async () => {
    const findings = [1, 2, 3].map((n) => exampleFinding({ vulnerabilityId: `CVE-2024-100${n}` }));
    const again = exampleFinding({ vulnerabilityId: 'CVE-2024-1001', asset: EXAMPLE_ASSET });
    const limits = { explained: 2, listed: 3, fixes: 10 };
    const document = await exampleDocument([...findings, again], { limits });
    const groups = document.sections.find(({ id }) => id === 'findings')?.blocks.filter(({ kind }) => kind === 'group');
    expect(groups).toHaveLength(2);
    const text = sectionText(document, 'findings');
    expect(text).toContain('1 more in the register');
    expect(text).toContain('1 finding of the same vulnerability elsewhere: on shop');
    expect(sectionText(document, 'register')).toContain('1 more finding: not listed');
  });

  it('marks each sentence of a model and shows what it cites', async () => {
    const document = await exampleDocument([exampleFinding({ narrative: NARRATIVE })]);
    const blocks = groupBlocks(document.sections.find(({ id }) => id === 'findings')?.blocks ?? []);
    const prose = blocks.find((block) => block.kind === 'prose');
    expect(prose).toMatchObject({
      isFromModel: true,
      mark: 'AI',
      sentences: [
        { text: 'It is bad.', cites: ['E2'] },
        { text: 'It is known.', cites: [] },
      ],
    });
    expect(sectionText(document, 'findings')).toContain('E2 | NVD | CVSS 9.8');
    expect(document.cover.notes[0]).toContain('claude-haiku-5-5');
  });

  it('gives factors with sources, unknowns with outcomes, and links to nothing but the NVD', async () => {
    const document = await exampleDocument([exampleFinding(), exampleFinding({ vulnerabilityId: 'javascript:x' })]);
    const text = sectionText(document, 'findings');
    expect(text).toContain('exploitation | active | likelihood starts at 5 of 5');
    expect(text).toMatch(/exposure \| SSVC deployer decision \| immediate \| /);
    const links = JSON.stringify(document).match(/"href":"[^"]*"/g) ?? [];
    expect(new Set(links)).toEqual(new Set(['"href":"https://nvd.nist.gov/vuln/detail/CVE-2024-1000"']));
  });
});

describe('a document', () => {
  it('is the same for the same input', async () => {
    const [one, two] = [await exampleDocument([exampleFinding()]), await exampleDocument([exampleFinding()])];
    expect(one).toEqual(two);
  });

  it('is bounded, whatever the number of findings', async () => {
    const many = Array.from({ length: 3000 }, (_, n) =>
      exampleFinding({ vulnerabilityId: `CVE-2024-${10_000 + n}`, component: { ...LOG4J, name: `lib${n % 400}` } }),
    );
    const document = await exampleDocument(many, { limits: { explained: 10, listed: 20, fixes: 5 } });
    expect(JSON.stringify(document).length).toBeLessThan(250_000);
    expect(sectionText(document, 'plan')).toContain('395 more fixes: not shown, 395 of them due by 2026-03-04;');
  });

  it('keeps control and direction characters out', async () => {
    const title = `a\u202eb\u0007c\u2028d${'x'.repeat(100_000)}`;
    const document = await exampleDocument([exampleFinding({ title })]);
    expect(JSON.stringify(document)).not.toMatch(/\\u|\p{Cc}|\p{Cf}/u);
    expect(JSON.stringify(document).length).toBeLessThan(60_000);
  });
});

function groupBlocks(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => (block.kind === 'group' ? block.blocks : []));
}
