import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absent,
  CVE,
  cveFacts,
  cveOrgRecord,
  epss,
  found,
  kevEntry,
  metric,
  nvdRecord,
  selection,
  unavailable,
} from '../../../../test/support/cve-facts.ts';
import { lossCase, lossShare, TERMS } from '../../../../test/support/loss-cases.ts';
import { ASSET, EVERY_KIND } from '../../../../test/support/report-findings.ts';
import { SCORING_PARTS } from '../../../../test/support/scoring-parts.ts';
import { addToTally, createTally, summariseByRules } from '../../../agents/report/summarise-rules.ts';
import { scoreFinding } from '../../../agents/scoring/score-findings.ts';
import { writeThreatByRules } from '../../../agents/threat/write-rules.ts';
import { writeVulnerabilityByRules } from '../../../agents/vulnerability/write-rules.ts';
import { toDigest } from '../../../domain/finding/finding-digest.ts';
import { bareSubject } from '../../../domain/finding/subject.ts';
import { estimateLoss } from '../../../scoring/fair/estimate-loss.ts';
import { estimatePortfolio } from '../../../scoring/fair/portfolio.ts';
import { translateBy } from './translate-by.ts';
import { type SentenceKind, translateSentence } from './translate-sentence.ts';

const VECTORS = [
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L',
  'CVSS:3.1/nonsense',
];
const FACTS = fc.record({
  nvd: fc.constantFrom(
    absent,
    unavailable,
    found(nvdRecord()),
    found(nvdRecord({ rejected: true })),
    found(nvdRecord({ affected: [{ vendor: 'a', product: 'b', versions: '< 2' }], cvss: [metric(VECTORS[0] ?? '')] })),
    found(nvdRecord({ affected: [{ vendor: 'a', product: 'b', versions: 'all versions' }] })),
    ...VECTORS.map((vector) => found(nvdRecord({ cvss: [metric(vector, { baseScore: 5, severity: 'MEDIUM' })] }))),
    found(nvdRecord({ cvss: [metric('AV:N/AC:L/Au:N/C:P/I:P/A:P', { version: '2.0', severity: 'HIGH' })] })),
    found(nvdRecord({ exploitReferences: ['https://example.com'] })),
  ),
  ssvc: fc.constantFrom(
    absent,
    unavailable,
    found(cveOrgRecord()),
    ...(['active', 'none', 'poc'] as const).flatMap((exploitation) =>
      (['yes', 'no'] as const).map((automatable) =>
        found(
          cveOrgRecord({
            ssvc: selection({
              exploitation: exploitation === 'poc' ? 'public_poc' : exploitation,
              automatable,
              technicalImpact: automatable === 'yes' ? 'total' : 'partial',
            }),
          }),
        ),
      ),
    ),
  ),
  kev: fc.constantFrom(
    absent,
    unavailable,
    found(kevEntry()),
    found(kevEntry({ knownRansomwareCampaignUse: 'Known' })),
  ),
  epss: fc.constantFrom(absent, unavailable, epss(0.9), epss(0.00001), epss(0.9999)),
});

/** What nobody of us translates: what was missed is in the message of the failure. */
function missed(kind: SentenceKind, texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '' && translateSentence(kind, text) === null);
}

const sentencesOf = (text: string, claims: readonly string[]) =>
  [...claims, ...claims.reduce((rest, claim) => rest.replace(claim, ''), text).split(/(?<=[.!?])\s+(?=\p{Lu})/u)].map(
    (one) => one.trim(),
  );

describe('what rules write, in German', () => {
  it('is translated whatever the facts are: factors, prose and the summary', () => {
    fc.assert(
      fc.property(
        FACTS,
        fc.constantFrom(null, ASSET, { ...ASSET, exposure: 'small' as const, criticality: 1 as const }),
        (facts, asset) => {
          const subject = { ...bareSubject(CVE), asset: asset === null ? null : { ...asset, owner: null } };
          const scored = scoreFinding(
            { id: 'a', subject: subject as ReturnType<typeof bareSubject>, facts: cveFacts(facts) },
            '2026-03-01',
            SCORING_PARTS,
          ).finding;
          const { factors } = scored.risk;
          expect(
            missed(
              'effect',
              factors.map(({ effect }) => effect),
            ),
          ).toEqual([]);
          const written = writeVulnerabilityByRules(scored);
          const threat = writeThreatByRules(scored);
          for (const { citations, ...texts } of [written, threat]) {
            const all = ['summary', 'remediation', 'businessImpact', 'threat'].map((field) =>
              String(texts[field as never] ?? ''),
            );
            const claims = [...new Set(citations.map(({ claim }) => claim))];
            for (const text of all) {
              const own = claims.filter((claim) => text.includes(claim));
              expect(missed('prose', sentencesOf(text, own))).toEqual([]);
            }
          }
          const tally = createTally();
          for (const count of [1, 2, 3])
            addToTally(tally, { ...toDigest(scored), vulnerabilityId: `CVE-2024-${count}` });
          const summary = summariseByRules(tally);
          expect(missed('prose', [...sentencesOf(summary.text, []), ...summary.actions])).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });

  it('is translated of every kind of finding', () => {
    const factors = EVERY_KIND.flatMap(({ risk }) => risk.factors);
    expect(
      missed(
        'effect',
        factors.map(({ effect }) => effect),
      ),
    ).toEqual([]);
  });

  it('is translated of losses and what they assume', () => {
    const policy = { ...TERMS.policy, fixCost: { perFix: 10, perAsset: 5 } };
    const cases = [
      lossCase(),
      lossCase({ epss: null, isListed: true, exposure: null }),
      lossCase({ exposure: 'small', controls: ['waf', 'edr'], low: 1, high: 1_000_000 }),
      lossCase({ epss: 1, isListed: true, susceptibility: 0.4 }),
    ];
    const losses = cases.flatMap((one) => estimateLoss(one, TERMS).loss?.assumptions ?? []);
    const wide = { ...lossShare({ p5: 1, p95: 1_000_000 }) };
    const portfolios = [TERMS.policy, policy].flatMap((one) => estimatePortfolio([wide], one)?.assumptions ?? []);
    expect(missed('assumption', [...losses, ...portfolios])).toEqual([]);
    expect(translateSentence('assumption', losses[0] ?? '')).toMatch(
      /^1,28 Versuche im Jahr .* p = 0,1: EPSS 0,1 vom 2026-01-02$/,
    );
  });

  it('keeps names and versions, writes numbers the German way, and leaves alone what others wrote', () => {
    expect(
      translateSentence('prose', 'CVE-2024-1 (An and B. Of c) is rated High: likelihood 3 of 5, impact 4 of 5.'),
    ).toBe('CVE-2024-1 (An and B. Of c) ist hoch eingestuft: Wahrscheinlichkeit 3 von 5, Auswirkung 4 von 5.');
    expect(translateSentence('prose', 'Its CVSS 3.1 base score is 9.8 (critical).')).toBe(
      'Der CVSS-3.1-Basiswert ist 9,8 (kritisch).',
    );
    expect(translateSentence('prose', '4979 are listed by CISA as exploited.')).toBe(
      'Bei CISA als ausgenutzt gelistet: 4.979.',
    );
    expect(
      translateSentence('prose', 'EPSS expects exploitation activity within 30 days with a probability of 99.9 %.'),
    ).toMatch(/von 99,9 %\.$/);
    expect(translateSentence('assumption', 'a fix costs USD 2,000 and USD 1,500.5 an asset (configuration)')).toBe(
      'eine Maßnahme kostet USD 2.000 und USD 1.500,5 je System (Konfiguration)',
    );
    expect(translateSentence('prose', 'CVE-2024-1 is rated High: likelihood 3 of 5, impact 4 of 5.')).toBe(
      'CVE-2024-1 ist hoch eingestuft: Wahrscheinlichkeit 3 von 5, Auswirkung 4 von 5.',
    );
    expect(translateSentence('source', 'the asset, by assets3.csv')).toBe('das System, laut assets3.csv');
    expect(translateSentence('fix', 'Upgrade log4j-core to 2.17')).toBe('log4j-core auf 2.17 aktualisieren');
    expect(translateSentence('fix', 'Upgrade log4j-core to 2.17.1')).toBe('log4j-core auf 2.17.1 aktualisieren');
    expect(
      translateSentence(
        'gap',
        'GET https://x.example/a failed: HTTP 503; facts of the bundled snapshot (2026-01-01) stand in',
      ),
    ).toBe(
      'GET https://x.example/a schlug fehl: HTTP 503; ersatzweise gelten die Daten des mitgelieferten Auszugs (2026-01-01)',
    );
    expect(
      translateSentence(
        'prose',
        'In ATT&CK terms: exploited by T1190 Exploit and Run, leads to T1499 and may enable T1003.',
      ),
    ).toBe('In Begriffen von ATT&CK: ausgenutzt mit T1190 Exploit and Run, führt zu T1499 und kann ermöglichen T1003.');
    expect(translateSentence('effect', 'an effect of another version')).toBeNull();
    expect(translateSentence('prose', 'A model wrote this.')).toBeNull();
  });

  it('takes any text in no more than its time', () => {
    const hostile = `CVE-1 (${' is rated ('.repeat(400)}`;
    const start = performance.now();
    for (const kind of ['effect', 'value', 'source', 'prose', 'gap', 'assumption', 'fix'] as const)
      translateSentence(kind, `${hostile}${'; '.repeat(1000)}, and ${'and '.repeat(500)}`);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('has each sentence once, and nothing in it that was not put in', () => {
    const translate = translateBy([
      ['a {1} b', 'b {1} a'],
      ['x {1#}, {2.}', '{2!} {1} x'],
      ['$& [.]', 'y'],
    ]);
    expect(translate('a $1 b')).toBe('b $1 a');
    expect(translate('x 1,000, a {2} b')).toBeNull();
    expect(translate('x 1, q')).toBe('q 1 x');
    expect(translate('$& [.]')).toBe('y');
    expect(translate('b')).toBeNull();
  });
});
