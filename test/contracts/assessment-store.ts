import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { bareSubject, type Subject } from '../../src/domain/finding/subject.ts';
import type { AssessmentStore } from '../../src/ports/assessment-store.ts';
import { assessmentHead, narrativePart, rankedFinding } from '../support/stored-findings.ts';
import { collect, type OpenTruth, withTruth } from './truth-store.ts';

const ID = '01J00000000000000000000001';
const CREATED = '2026-01-02T03:04:05.000Z';
const cve = (number: number) => `CVE-2024-${number}` as CveId;
const HOSTILE = ['nul \0 end', 'half \ud800 pair', '\ufeff"\\\n', '😀 é'];

const begin = (store: AssessmentStore, id = ID, subjects: readonly Subject[] = []) =>
  store.createAssessment({
    id,
    createdAt: CREATED,
    request: { targets: [`file of ${id}`], cveIds: [cve(1), cve(2)], options: {} },
    intakeGaps: [{ cveId: null, source: 'nvd', reason: 'half a line' }],
    subjects,
    http: { osv: 2 },
  });

/** What every store of assessments keeps to. */
export function assessmentStoreContract(open: OpenTruth): void {
  const test = (
    title: string,
    work: (store: AssessmentStore, reopen: () => Promise<AssessmentStore>) => Promise<void>,
  ) =>
    it(title, () =>
      withTruth(open, ({ store, reopen }) => work(store.assessments, async () => (await reopen()).assessments)),
    );

  test('tells what it was given, and nothing of what it does not know', async (store) => {
    expect(await store.findAssessment('nobody')).toBeNull();
    expect(await store.findProgress('nobody')).toBeNull();
    expect(await store.claimAssessment('nobody')).toBe(false);
    await begin(store);
    expect(await store.findProgress(ID)).toEqual({ status: 'running', warnings: [], isDone: false });
    expect(await store.findAssessment(ID)).toEqual({
      id: ID,
      createdAt: CREATED,
      status: 'running',
      request: { targets: [`file of ${ID}`], cveIds: [cve(1), cve(2)], options: {} },
      intakeGaps: [{ cveId: null, source: 'nvd', reason: 'half a line' }],
      warnings: [],
      head: null,
    });
    expect(await store.loadCounts(ID)).toEqual({ osv: 2 });
  });

  test('keeps what was looked at and what could not be looked up', async (store, reopen) => {
    const intake = {
      intakeGaps: [],
      lookedAt: ['["web-1","Trivy","subject","shop"]'],
      notLookedUp: [
        { place: '["web-1","OSV","subject","shop"]', names: ['log4j-core'] },
        { place: 'x', names: null },
      ],
    };
    const request = { targets: [], cveIds: [], options: {} };
    await store.createAssessment({ id: ID, createdAt: CREATED, request, subjects: [], http: {}, ...intake });
    expect(await (await reopen()).findAssessment(ID)).toMatchObject(intake);
  });

  test('lists the newest first, with counts once they are known', async (store) => {
    for (const id of ['01A', '01C', '01B']) await begin(store, id);
    await store.finishAssessment('01B', assessmentHead('01B'));
    await store.setStatus('01A', 'failed');
    expect(await store.findProgress('01B')).toMatchObject({ status: 'done', isDone: true });
    const listed = await store.listAssessments();
    expect(listed.map(({ id, status }) => [id, status])).toEqual([
      ['01C', 'running'],
      ['01B', 'done'],
      ['01A', 'failed'],
    ]);
    expect(listed[1]).toEqual({
      id: '01B',
      createdAt: CREATED,
      finishedAt: '2026-01-02T03:04:06.000Z',
      status: 'done',
      targets: ['file of 01B'],
      counts: { Critical: 1, High: 0, Medium: 0, Low: 2 },
    });
    expect(listed[0]?.counts).toBeNull();
  });

  test('keeps warnings in their order, whatever is in them, also where several are saved at once', async (store) => {
    await begin(store);
    for (const text of HOSTILE) await store.saveWarning(ID, text);
    expect((await store.findAssessment(ID))?.warnings).toEqual(HOSTILE);
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.saveWarning(ID, `warning ${index}`)));
    expect((await store.findProgress(ID))?.warnings).toEqual((await store.findAssessment(ID))?.warnings);
    expect(new Set((await store.findAssessment(ID))?.warnings).size).toBe(HOSTILE.length + 20);
  });

  test('keeps answers and adds up requests, once each, also where several sources save at once', async (store) => {
    await begin(store);
    const answer = (number: number, gap: string | null = null) => ({
      cveId: cve(number),
      lookup: { kind: 'absent', provenance: { origin: 'live', at: CREATED } } as const,
      gap,
    });
    await Promise.all([
      store.saveAnswers(ID, 'nvd', [answer(1), answer(2, 'first')], { nvd: 3 }),
      store.saveAnswers(ID, 'epss', [answer(1)], { epss: 1, nvd: 2 }),
      store.saveAnswers(ID, 'kev', [], {}),
    ]);
    await store.saveAnswers(ID, 'nvd', [answer(2, 'from a process that was asleep')], {});
    expect(await store.loadCounts(ID)).toEqual({ osv: 2, nvd: 5, epss: 1 });
    expect(await store.missingAnswers(ID, 'nvd', [cve(9), cve(1), cve(3)])).toEqual([cve(9), cve(3)]);
    expect([...(await store.loadAnswers(ID, 'nvd', [cve(1), cve(2), cve(3)])).keys()].sort()).toEqual([cve(1), cve(2)]);
    expect(await store.loadGaps(ID)).toEqual([{ cveId: cve(2), source: 'nvd', gap: 'first' }]);
    await store.finishAssessment(ID, assessmentHead(ID));
    expect((await store.loadAnswers(ID, 'nvd', [cve(1)])).size).toBe(0);
  });

  test('adds up what was looked up in the cache, of each assessment alone, also where several add at once', async (store) => {
    await begin(store);
    await begin(store, 'other');
    expect(await store.loadCacheCounts(ID)).toEqual({});
    await Promise.all([
      store.addCacheCounts(ID, { epss: { hits: 1, misses: 2 } }),
      store.addCacheCounts(ID, { epss: { hits: 10, misses: 0 }, nvd_cve: { hits: 0, misses: 4 } }),
      store.addCacheCounts(ID, {}),
      store.addCacheCounts('other', { epss: { hits: 7, misses: 7 } }),
    ]);
    expect(await store.loadCacheCounts(ID)).toEqual({ epss: { hits: 11, misses: 2 }, nvd_cve: { hits: 0, misses: 4 } });
    expect(await store.loadCacheCounts('other')).toEqual({ epss: { hits: 7, misses: 7 } });
    await store.addCacheCounts('nobody', { epss: { hits: 1, misses: 1 } });
    expect(await store.loadCacheCounts('nobody')).toEqual({});
  });

  test('takes nothing for an assessment that is done, from whoever wakes late', async (store) => {
    await begin(store);
    const finding = rankedFinding('F', 5);
    await store.saveFindings(ID, [finding]);
    await store.saveNarratives(ID, 'threat', [{ findingId: 'F', part: narrativePart({ threat: 'first' }) }]);
    await store.saveNarratives(ID, 'threat', [{ findingId: 'F', part: narrativePart({ threat: 'late' }) }]);
    const head = assessmentHead(ID);
    await store.finishAssessment(ID, head);
    await store.finishAssessment(ID, { ...head, finishedAt: '2027-01-01T00:00:00.000Z' });
    await store.setStatus(ID, 'failed');
    await store.saveFindings(ID, [rankedFinding('G', 1)]);
    await store.saveNarratives(ID, 'vulnerability', [
      { findingId: 'F', part: narrativePart({ summary: 'late', threat: 'late' }) },
    ]);
    const lookup = { kind: 'absent', provenance: { origin: 'live', at: CREATED } } as const;
    await store.saveAnswers(ID, 'nvd', [{ cveId: cve(1), lookup, gap: null }], {});
    const stored = await store.findAssessment(ID);
    expect([stored?.status, stored?.head?.finishedAt]).toEqual(['done', head.finishedAt]);
    const findings = await collect(store.readFindings(ID));
    expect(findings.map(({ id, narrative }) => [id, narrative.threat, narrative.summary])).toEqual([
      ['F', 'first', 'S'],
    ]);
    expect((await store.loadAnswers(ID, 'nvd', [cve(1)])).size).toBe(0);
  });

  test('belongs to a fleet, whose processes share it, or to one process', async (store, reopen) => {
    await begin(store);
    expect(await (await reopen()).claimAssessment(ID, true)).toBe(false);
    await store.createAssessment({
      id: 'F',
      createdAt: CREATED,
      request: { targets: [], cveIds: [], options: {} },
      intakeGaps: [],
      subjects: [],
      http: {},
      isFleet: true,
    });
    const other = await reopen();
    expect((await other.findAssessment('F'))?.status).toBe('running');
    expect(await other.claimAssessment('F')).toBe(false);
    expect(await other.claimAssessment('F', true)).toBe(true);
    await other.setStatus('F', 'interrupted');
    expect(await store.claimAssessment('F')).toBe(true);
  });

  test('reads what is unwritten of some findings, in their order', async (store) => {
    await begin(store);
    await store.saveFindings(
      ID,
      ['A', 'B', 'C', 'D'].map((id, index) => rankedFinding(id, index)),
    );
    await store.saveNarratives(ID, 'threat', [{ findingId: 'C', part: narrativePart({}) }]);
    const read = async (ids?: readonly string[]) =>
      (await collect(store.readUnwritten(ID, 'threat', ids))).flat().map(({ id }) => id);
    expect(await read(['A', 'C', 'D', 'no such'])).toEqual(['D', 'A']);
    expect(await read([])).toEqual([]);
    expect(await read()).toEqual(['D', 'B', 'A']);
  });

  test('keeps what findings are about, in the order in which it was handed in', async (store) => {
    const subject = (vulnerabilityId: string, name: string, cveId: CveId | null): Subject => ({
      ...bareSubject(cve(1)),
      vulnerabilityId,
      cveId,
      component: { purl: null, cpe: null, name, installedVersion: null, fixedVersion: null } as Subject['component'],
    });
    const subjects = [subject('CVE-2024-1', 'b', cve(1)), bareSubject(cve(2)), subject('CVE-2024-1', 'a', cve(1))];
    await begin(store, ID, [...subjects, subject('GHSA-b', 'c', null), subject('GHSA-B', 'c', null)]);
    const found = await store.loadSubjects(ID, ['CVE-2024-1', 'CVE-2024-2', 'GHSA-b']);
    expect([...found.keys()].sort()).toEqual(['CVE-2024-1', 'GHSA-b']);
    // All but the bare CVE id.
    expect(await store.countSubjects(ID)).toBe(4);
    expect(found.get('CVE-2024-1')).toEqual([subjects[0], subjects[2]]);
    expect(await store.otherIds(ID)).toEqual(['GHSA-B', 'GHSA-b']);
  });

  test('gives findings back to the byte, in priority order and then by code point', async (store) => {
    await begin(store);
    const written = { vulnerability: narrativePart(), threat: narrativePart({ threat: 'T' }) };
    const at = (id: string, priority: number, over = {}) => ({ ...rankedFinding(id, priority, over), written });
    const findings = [
      at('b', 0.1 + 0.2),
      at('é', 0.1 + 0.2),
      at('B', 0.1 + 0.2),
      at('low', -1e-300, { title: HOSTILE.join(' ') }),
      at('high', 99.99999999999999),
      at('_', 0.1 + 0.2),
    ];
    await store.saveFindings(ID, findings);
    const texts = (await collect(store.readFindingsAsJson(ID, ','))).map((bytes) => Buffer.from(bytes).toString());
    const order = ['high', 'B', '_', 'b', 'é', 'low'];
    const narrative = JSON.stringify({
      summary: 'S',
      threat: 'T',
      remediation: '',
      businessImpact: '',
      source: 'rules',
      model: null,
      citations: [],
      notes: [],
    });
    const expected = order.map((id) => {
      const { finding } = findings.find((one) => one.finding.id === id) ?? { finding: {} };
      return `${JSON.stringify(finding).slice(0, -1)},"narrative":${narrative}}`;
    });
    expect(texts.join('')).toBe(expected.join(','));
    expect((await collect(store.readFindings(ID))).map((finding) => finding.id)).toEqual(order);
    expect((await collect(store.readDigests(ID)))[0]).toEqual({
      vulnerabilityId: 'CVE-2024-high',
      title: 'Title of high',
      status: 'assessed',
      level: 'High',
      kevStatus: 'not_listed',
      kev: null,
      bod2604: null,
      sources: {},
      product: 'log4j',
      loss: null,
    });
  });

  test('replaces a finding that is saved again, also within one call', async (store) => {
    await begin(store);
    await store.saveFindings(ID, [rankedFinding('a', 1), rankedFinding('a', 5, { title: 'new' })]);
    await store.saveFindings(ID, [rankedFinding('b', 3), rankedFinding('a', 2, { title: 'newest' })]);
    const found = await collect(store.readFindings(ID));
    expect(found.map(({ id, title }) => [id, title])).toEqual([
      ['b', 'Title of b'],
      ['a', 'newest'],
    ]);
    await store.saveFindings(ID, []);
    expect(await collect(store.readFindings('nobody'))).toEqual([]);
  });

  test('streams more findings than a page, none twice and none left out, while others are written', async (store) => {
    await begin(store);
    const many = Array.from({ length: 1203 }, (_, index) => rankedFinding(`f${index}`, index % 7));
    await store.saveFindings(ID, many);
    const seen: string[] = [];
    for await (const { id } of store.readFindings(ID)) {
      seen.push(id);
      if (seen.length === 600) await store.saveNarratives(ID, 'threat', [{ findingId: 'f1', part: narrativePart() }]);
    }
    expect(new Set(seen).size).toBe(1203);
    expect(seen).toHaveLength(1203);
  });

  test('knows for each agent what is not written yet, and sums up what was', async (store) => {
    await begin(store);
    await store.saveFindings(ID, [rankedFinding('a', 3), rankedFinding('b', 2), rankedFinding('c', 1)]);
    const unwritten = async (agent: 'vulnerability' | 'threat') =>
      (await collect(store.readUnwritten(ID, agent))).flat().map(({ id }) => id);
    await store.saveNarratives(ID, 'threat', [
      { findingId: 'b', part: narrativePart({ threat: 'first', notes: ['n'], violations: 2 }) },
      { findingId: 'c', part: narrativePart({ isCapped: true, notes: ['n', 'm'] }) },
    ]);
    await store.saveNarratives(ID, 'vulnerability', [
      { findingId: 'b', part: narrativePart({ source: 'llm', model: 'x' }) },
    ]);
    expect(await unwritten('threat')).toEqual(['a']);
    expect(await unwritten('vulnerability')).toEqual(['a', 'c']);
    expect(await store.loadWritingTotals(ID)).toEqual({
      violations: 2,
      cappedIds: ['CVE-2024-c'],
      notes: new Map([
        ['n', 2],
        ['m', 1],
      ]),
    });
    const [, second] = await collect(store.readFindings(ID));
    expect(second?.narrative).toMatchObject({ summary: 'S', threat: 'first', source: 'llm', model: 'x', notes: ['n'] });
  });

  test('keeps the day on which a finding was first seen', async (store) => {
    expect(await store.firstSeen(['x', 'y', 'x'], '2026-01-02')).toEqual(
      new Map([
        ['x', '2026-01-02'],
        ['y', '2026-01-02'],
      ]),
    );
    const later = await Promise.all([
      store.firstSeen(['z', 'y'], '2026-01-03'),
      store.firstSeen(['y', 'z'], '2026-01-03'),
    ]);
    for (const days of later) expect([days.get('y'), days.get('z')]).toEqual(['2026-01-02', '2026-01-03']);
    expect(await store.firstSeen([], '2026-01-04')).toEqual(new Map());
  });

  test('joins the spans of a stage', async (store) => {
    await begin(store);
    await store.saveStage(ID, { name: 'threat', startMs: 5.5, endMs: 10 });
    await store.saveStage(ID, { name: 'threat', startMs: 2.25, endMs: 7 });
    await store.saveStage(ID, { name: 'intake', startMs: 0, endMs: 1 });
    const stages = await store.loadStages(ID);
    expect(stages.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'intake', startMs: 0, endMs: 1 },
      { name: 'threat', startMs: 2.25, endMs: 10 },
    ]);
  });

  test('shows another process what is there, and keeps what is done from being begun again', async (store, reopen) => {
    await begin(store);
    await store.saveFindings(ID, [rankedFinding('a', 1)]);
    await store.finishAssessment(ID, assessmentHead(ID));
    const other = await reopen();
    expect(await collect(other.readFindings(ID))).toHaveLength(1);
    expect(await other.claimAssessment(ID)).toBe(true);
    expect((await other.findAssessment(ID))?.status).toBe('done');
  });

  test('goes through any document and gives it back', async (store) => {
    await begin(store);
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const text = fc.string({ unit });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(text, fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }))),
        async (over) => {
          await store.saveFindings(ID, [rankedFinding('any', 1, { over })]);
          const [found] = await collect(store.readFindings(ID));
          const { narrative, ...finding } = found ?? { narrative: null };
          expect(JSON.stringify(finding)).toBe(JSON.stringify(rankedFinding('any', 1, { over }).finding));
        },
      ),
      { numRuns: 40 },
    );
  });
}
