import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { StoredAssessment } from '../../ports/assessment-store.ts';
import type { TicketRecord } from '../../ports/ticket-ledger.ts';
import { collectFixes } from './collect-fixes.ts';
import { toFixId } from './fix-id.ts';

const ASSESSMENT = {
  id: 'A2',
  createdAt: '2026-02-01T00:00:00.000Z',
  request: { targets: ['scan.json'], cveIds: [], options: {} },
  intakeGaps: [],
} as unknown as StoredAssessment;

const finding = (over: Partial<Finding>): Finding =>
  ({
    vulnerabilityId: 'CVE-2024-1000',
    status: 'assessed',
    component: null,
    affected: [{ vendor: 'apache', product: 'log4j', versions: null }],
    evidence: [{ file: 'scan.json', position: null, tool: 'Trivy', severity: null }],
    asset: null,
    vex: null,
    acceptance: null,
    kev: null,
    kevStatus: 'not_listed',
    ssvc: null,
    epss: null,
    bod2604: null,
    risk: { level: 'High' },
    ...over,
  }) as Finding;

const collect = (findings: readonly Finding[], records: readonly TicketRecord[] = [], over: object = {}) =>
  collectFixes(
    {
      async *readFindings() {
        yield* findings;
      },
    },
    { ...ASSESSMENT, ...over },
    records,
    async () => () => 'not read',
  );

/** The record of a ticket that an earlier assessment made of a finding. */
async function recordOf(made: Finding): Promise<TicketRecord> {
  const { fixes } = await collect([made], [], { createdAt: '2026-01-01T00:00:00.000Z' });
  const [first] = fixes;
  if (first === undefined) throw new Error('there is no fix');
  const [fixId, { fix, sightings }] = first;
  return {
    correlationId: `eras:${fixId}`,
    fixId,
    fix,
    ticketId: '1',
    number: 'INC1',
    contentHash: '',
    goneAt: null,
    sightings: [...sightings.values()],
  };
}

async function isGone(made: Finding, now: readonly Finding[], over: object = {}): Promise<boolean> {
  const record = await recordOf(made);
  const [sighting] = record.sightings;
  if (sighting === undefined) throw new Error('there is no sighting');
  return (await collect(now, [record], over)).whyKept(record.fixId, sighting) === null;
}

const OTHER = finding({ vulnerabilityId: 'CVE-2024-2000' });
const NO_LEVEL = { ...finding({}).risk, level: null };

describe('the fixes of an assessment', () => {
  it('keep a finding in its ticket where a source that is silent makes it look like another fix', async () => {
    const record = await recordOf(finding({}));
    const { fixes } = await collect([finding({ affected: [] })], [record]);
    expect([...fixes.keys()]).toEqual([record.fixId]);
    const upgrade = finding({
      component: { purl: null, cpe: null, name: 'log4j', installedVersion: null, fixedVersion: '2.17.1' },
    });
    expect([...(await collect([upgrade], [record])).fixes.keys()]).toEqual([
      toFixId({ kind: 'upgrade', component: 'log4j', fixedVersion: '2.17.1' }),
    ]);
  });

  it('keep a vulnerability on another asset in the ticket that there is for it, once its product is told', async () => {
    const record = await recordOf(finding({ affected: [], asset: { id: 'm1' } as Finding['asset'] }));
    const on = (id: string) => finding({ asset: { id } as Finding['asset'] });
    const { fixes } = await collect([on('m1'), on('m2')], [record]);
    expect([...fixes].map(([fixId, { sightings }]) => [fixId, sightings.size])).toEqual([[record.fixId, 2]]);
    const other = await collect([finding({ vulnerabilityId: 'CVE-2024-2000' })], [record]);
    expect([...other.fixes.keys()]).not.toContain(record.fixId);
  });

  it('tell what is gone: not there where it was looked for, withdrawn, or cleared', async () => {
    expect(await isGone(finding({}), [OTHER])).toBe(true);
    const elsewhere = { evidence: [{ file: 'x', position: null, tool: 'Nessus', severity: null }] };
    expect(await isGone(finding({}), [finding({ ...elsewhere, status: 'rejected', risk: NO_LEVEL })])).toBe(true);
    const vex = { status: 'not_affected', justification: null, detail: null, author: null, at: null } as const;
    expect(await isGone(finding({}), [finding({ ...elsewhere, vex, risk: NO_LEVEL })])).toBe(true);
  });

  it('do not take for gone what may be in a component without a version', async () => {
    const component = { purl: null, cpe: null, name: 'log4j', installedVersion: null, fixedVersion: null };
    const made = finding({ component: { ...component, purl: 'pkg:maven/org.apache/log4j@1.0' } });
    const record = await recordOf(made);
    const place = record.sightings[0]?.places[0] ?? '';
    const without = (...names: readonly string[]) => ({ notLookedUp: [{ place, names }] });
    expect(await isGone(made, [OTHER], without('openssl'))).toBe(true);
    expect(await isGone(made, [OTHER], without('log4j', 'openssl'))).toBe(false);
    expect(await isGone(made, [OTHER], { notLookedUp: [{ place, names: null }] })).toBe(false);
    expect(await isGone(made, [OTHER], { notLookedUp: [{ place: 'elsewhere', names: null }] })).toBe(true);
    const { isLooked } = await collect([OTHER], [record], without('log4j'));
    expect([isLooked(record.fixId, place), isLooked('another', place)]).toEqual([false, true]);
  });

  it('do not take for gone what was not looked for, could not be read, or was seen later', async () => {
    expect(await isGone(finding({}), [])).toBe(false);
    expect(
      await isGone(finding({}), [OTHER], { intakeGaps: [{ cveId: null, source: 'osv', reason: 'HTTP 503' }] }),
    ).toBe(false);
    expect(await isGone(finding({}), [OTHER, finding({ status: 'not_found', risk: NO_LEVEL })])).toBe(false);
    expect(await isGone(finding({}), [OTHER], { createdAt: '2025-12-01T00:00:00.000Z' })).toBe(false);
    expect(await isGone(finding({ evidence: [] }), [OTHER])).toBe(false);
  });
});
