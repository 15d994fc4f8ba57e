import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MODEL_OPTIONS } from '../../src/assessment/assess-options.ts';
import { scopeOfSubjects } from '../../src/assessment/scope.ts';
import type { TicketOutcome } from '../../src/assessment/tickets/carry-out.ts';
import { toEarlierFixId } from '../../src/assessment/tickets/fix-id.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { CveId } from '../../src/domain/cve/cve-id.ts';
import { bareSubject, type Subject } from '../../src/domain/finding/subject.ts';
import type { TicketPlan } from '../../src/domain/ticket/ticket-plan.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { renderLeft, renderTicketPlan } from '../../src/reports/render-ticket-plan.ts';
import { createEngine } from '../../src/runtime/create-engine.ts';
import { createTicketing } from '../../src/runtime/create-ticketing.ts';
import { type OpenStore, openStore } from '../../src/runtime/open-store.ts';
import { createLoopbackTicketSystem } from '../support/loopback-ticket-system.ts';
import { startTicketServer, type TicketServer } from '../support/ticket-server.ts';

const LOG4SHELL = 'CVE-2021-44228';
const LOG4J_TWO = 'CVE-2021-45046';
const ETERNAL_BLUE = 'CVE-2017-0144';
/** An id that nobody has. */
const UNPUBLISHED = 'CVE-2026-48484';
const HEARTBLEED = 'CVE-2014-0160';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function createFixture() {
  const home = mkdtempSync(join(tmpdir(), 'eras-tickets-'));
  cleanUps.push(() => rmSync(home, { recursive: true, force: true }));
  const server = await startTicketServer();
  cleanUps.push(server.close);
  return { home, server };
}

function subject(id: string, assetId: string | null, upgrade?: readonly [name: string, fixed: string]): Subject {
  return {
    ...bareSubject(id as CveId),
    asset:
      assetId === null
        ? null
        : {
            id: assetId,
            name: assetId,
            criticality: 5,
            exposure: 'open',
            environment: 'production',
            owner: 'Web team',
            humanImpact: null,
            missionImpact: null,
            eventLoss: null,
            susceptibility: null,
            source: 'assets.csv',
          },
    component:
      upgrade === undefined
        ? null
        : {
            purl: `pkg:maven/org.example/${upgrade[0]}@1.0.0?type=jar`,
            cpe: null,
            name: upgrade[0],
            installedVersion: '1.0.0',
            fixedVersion: upgrade[1],
          },
    evidence: [{ file: 'scan.json', position: null, tool: 'Trivy', severity: null }],
  };
}

const LEFT = ['left', '1.0.1'] as const;

/** A vulnerability that a report tells of, under one of its ids. */
function seenAs(id: string, aliases: readonly string[], upgrade?: readonly [string, string]): Subject {
  return {
    ...subject(id, 'web-1', upgrade),
    cveId: id.startsWith('CVE-') ? (id as CveId) : null,
    aliases,
    reported: { title: 'RCE', description: null, cvssVectors: [], cwes: [] },
  };
}

/** Two vulnerabilities on two assets that one upgrade mends, and one of each other kind: three fixes. */
const ALL = [
  subject(LOG4SHELL, 'web-1', ['log4j-core', '2.17.1']),
  subject(LOG4J_TWO, 'web-1', ['log4j-core', '2.17.1']),
  subject(LOG4SHELL, 'web-2', ['log4j-core', '2.17.1']),
  subject(ETERNAL_BLUE, 'web-1'),
  subject(HEARTBLEED, 'web-2', ['openssl', '1.0.1g']),
];

async function withStore<Value>(home: string, work: (store: OpenStore) => Promise<Value>): Promise<Value> {
  const store = await openStore({ home }, systemClock);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A real assessment, from the bundled snapshot. */
function assess(home: string, subjects: readonly Subject[], gaps: readonly string[] = []): Promise<string> {
  return withStore(home, async (store) => {
    const engine = createEngine(loadConfig({ ERAS_HOME: home, ERAS_LLM: 'none' }, home), store, '0.0.0');
    try {
      const head = await engine.start(
        {
          targets: ['scan.json'],
          scope: scopeOfSubjects(subjects, {
            gaps: gaps.map((reason) => ({ cveId: null, source: 'scan.json', reason })),
          }),
          options: { ...MODEL_OPTIONS, offline: true, exposure: null, useModel: false },
          startedAt: new Date(),
        },
        { signal: new AbortController().signal, emit: () => undefined },
      );
      return head.id;
    } finally {
      await engine.close();
    }
  });
}

function makeTickets(
  home: string,
  server: TicketServer,
  id: string,
  isApproved = true,
  { signal } = new AbortController(),
): Promise<TicketOutcome | null> {
  return withStore(home, (store) =>
    createTicketing(store, () => createLoopbackTicketSystem(server.url), { waitsMs: [5, 5] }).create(
      id,
      { by: 'test', ask: async () => isApproved },
      { signal },
    ),
  );
}

const auditOf = (home: string) => withStore(home, ({ audit }) => audit.verify());
const actionsOf = (home: string) =>
  withStore(home, async ({ database }) =>
    database.prepare<[], string>('SELECT action FROM audit_log ORDER BY sequence').pluck().all(),
  );

/** The command in a process of its own; `kill` ends it as a power cut would. */
function startChild(home: string, server: TicketServer, id: string, ...flags: readonly string[]) {
  const tsx = join(import.meta.dirname, '../../node_modules/tsx/dist/loader.mjs');
  const child = spawn(
    process.execPath,
    [
      '--import',
      `file://${tsx}`,
      join(import.meta.dirname, '../support/create-tickets-child.ts'),
      id,
      server.url,
      ...flags,
    ],
    { env: { ...process.env, ERAS_HOME: home, ERAS_LLM: 'none' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const done = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { done, kill: () => void child.kill('SIGKILL') };
}

describe('tickets of an assessment', () => {
  it('are one for each fix, say the worst of it, and are left alone when nothing changed', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 3, updated: 0, closed: 0 });
    const upgrade = server.tickets.find(({ title }) => title.includes('log4j-core'));
    expect(upgrade).toMatchObject({
      title: `Upgrade pkg:maven/org.example/log4j-core to 2.17.1: ${LOG4SHELL} and 1 more on 2 assets`,
      priority: 1,
      dueDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      description: expect.stringContaining(`assessment ${id}`),
    });
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 0, updated: 0, closed: 0, left: 3 });
    const again = await assess(home, ALL.toReversed());
    expect(await makeTickets(home, server, again)).toMatchObject({ created: 0, updated: 0, closed: 0, left: 3 });
    expect(server.writes).toEqual(['POST', 'POST', 'POST']);
    expect(await auditOf(home)).toMatchObject({ entries: 7, broken: null });
  });

  it('are the same whatever versions a report calls mended, and tell them', async () => {
    const { home, server } = await createFixture();
    const fixedIn = (...versions: readonly string[]) => [
      subject(LOG4SHELL, 'web-1', ['log4j-core', versions[0] ?? '']),
      subject(LOG4J_TWO, 'web-1', ['log4j-core', versions[1] ?? versions[0] ?? '']),
    ];
    await makeTickets(home, server, await assess(home, fixedIn('2.15.0, 2.3.1, 2.12.2')));
    expect(await makeTickets(home, server, await assess(home, fixedIn('2.15.0')))).toMatchObject({
      created: 0,
      closed: 0,
    });
    expect(server.tickets).toMatchObject([{ isOpen: true, title: expect.stringContaining('log4j-core to 2.15.0:') }]);
    const two = await assess(home, fixedIn('2.15.0', '2.16.0, 3.0.1'));
    expect(await makeTickets(home, server, two)).toMatchObject({ created: 0, updated: 1, closed: 0 });
    const [ticket] = server.tickets;
    expect(ticket?.title).toContain('log4j-core to 2.16.0, 3.0.1: ');
    expect(ticket?.description).toContain('mended in 2.15.0\n');
    expect(await makeTickets(home, server, two)).toMatchObject({ updated: 0, left: 1 });
    // What is seen on another asset stays, with the version that mends it.
    const other = await assess(home, [subject(LOG4SHELL, 'web-2', ['log4j-core', '4.1'])]);
    expect(await makeTickets(home, server, other)).toMatchObject({ created: 0, updated: 1 });
    expect(server.tickets[0]?.title).toContain('log4j-core to 2.16.0, 3.0.1, 4.1: ');
  });

  it('keep a vulnerability that gets a CVE id later, or is seen under its other id', async () => {
    const { home, server } = await createFixture();
    for (const upgrade of [LEFT, undefined]) {
      const first = await assess(home, [seenAs('GHSA-1111-2222-3333', [], upgrade)]);
      expect(await makeTickets(home, server, first)).toMatchObject({ created: 1 });
      const later = await assess(home, [seenAs(UNPUBLISHED, ['GHSA-1111-2222-3333'], upgrade)]);
      expect(await makeTickets(home, server, later)).toMatchObject({ created: 0, closed: 0 });
      const ticket = server.tickets.at(-1);
      expect([ticket?.isOpen, ticket?.description.match(/^- (?:CVE|GHSA).*:/gm)]).toEqual([
        true,
        [`- ${UNPUBLISHED}:`],
      ]);
      const back = await assess(home, [seenAs('GHSA-1111-2222-3333', [UNPUBLISHED], upgrade)]);
      expect(await makeTickets(home, server, back)).toMatchObject({ created: 0, closed: 0 });
    }
  });

  it('keep a vulnerability in its ticket while the source that told its other ids is silent', async () => {
    const { home, server } = await createFixture();
    for (const upgrade of [LEFT, undefined]) {
      await makeTickets(home, server, await assess(home, [seenAs(UNPUBLISHED, ['GHSA-1111-2222-3333'], upgrade)]));
      for (const [id, aliases] of [
        ['GHSA-1111-2222-3333', []],
        [UNPUBLISHED, []],
        ['GHSA-1111-2222-3333', []],
      ] as const) {
        const outcome = await makeTickets(home, server, await assess(home, [seenAs(id, aliases, upgrade)]));
        expect(outcome).toMatchObject({ created: 0, closed: 0 });
        expect(server.tickets.at(-1)?.description.match(/^- (?:CVE|GHSA).*:/gm)).toEqual([`- ${id}:`]);
      }
    }
  });

  it('go on with the tickets of an earlier release, one of them for each fix', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, [subject(LOG4SHELL, 'web-1', ['log4j-core', '2.15.0'])]);
    await makeTickets(home, server, id);
    const made = server.tickets.pop();
    if (made === undefined) throw new Error('there is no ticket');
    await withStore(home, async ({ tickets, database }) => {
      const [record] = await tickets.load();
      if (record?.fix.kind !== 'upgrade') throw new Error('there is no upgrade');
      database.prepare('DELETE FROM tickets').run();
      for (const fixedVersion of ['2.15.0', '2.15.0, 2.3.1']) {
        const fix = { ...record.fix, fixedVersion };
        const fixId = toEarlierFixId(fix);
        const correlationId = `eras:${fixId}`;
        server.tickets.push({ ...made, id: fixId, number: fixedVersion, correlationId });
        await tickets.save({ ...record, correlationId, fixId, fix, ticketId: fixId, number: fixedVersion });
      }
    });
    expect(await makeTickets(home, server, await assess(home, ALL))).toMatchObject({
      created: 2,
      updated: 1,
      closed: 1,
    });
    expect(server.tickets.filter(({ title, isOpen }) => isOpen && title.includes('log4j'))).toHaveLength(1);
    expect(await makeTickets(home, server, await assess(home, ALL))).toMatchObject({ created: 0, closed: 0, left: 3 });
  });

  it.each([0, 1])(
    'go on with the open ticket of an earlier release where a person has closed another one: %i',
    async (closed) => {
      const { home, server } = await createFixture();
      const id = await assess(home, [subject(LOG4SHELL, 'web-1', ['log4j-core', '2.15.0'])]);
      await makeTickets(home, server, id);
      const made = server.tickets.pop();
      if (made === undefined) throw new Error('there is no ticket');
      await withStore(home, async ({ tickets, database }) => {
        const [record] = await tickets.load();
        const [sighting] = record?.sightings ?? [];
        if (record?.fix.kind !== 'upgrade' || sighting === undefined) throw new Error('there is no upgrade');
        database.prepare('DELETE FROM tickets').run();
        for (const [index, fixedVersion] of ['2.15.0', '2.15.0, 2.3.1'].entries()) {
          const fix = { ...record.fix, fixedVersion };
          const fixId = toEarlierFixId(fix);
          const named = { correlationId: `eras:${fixId}`, number: fixedVersion };
          // Each has one of its own, and one that both have.
          const sightings = [
            sighting,
            { ...sighting, assetId: `only-${index}`, assetName: `only-${index}`, places: [`only-${index}`] },
          ];
          server.tickets.push({ ...made, ...named, id: fixId, isOpen: index !== closed });
          await tickets.save({ ...record, ...named, fixId, fix, ticketId: fixId, sightings });
        }
      });
      const again = await assess(home, [subject(LOG4SHELL, 'web-1', ['log4j-core', '2.15.0'])]);
      expect(await makeTickets(home, server, again)).toMatchObject({ created: 0, closed: 0 });
      expect(server.tickets.map(({ isOpen }) => isOpen)).toEqual([closed !== 0, closed !== 1]);
      const open = server.tickets.find(({ isOpen }) => isOpen);
      expect(open?.description).toContain('- web-1\n');
      expect(open?.description).not.toContain(`only-${closed}`);
      const other = subject(LOG4SHELL, `only-${closed}`, ['log4j-core', '2.15.0']);
      expect(await makeTickets(home, server, await assess(home, [other]))).toMatchObject({ created: 0, updated: 0 });
    },
  );

  it('are updated when part of a fix is gone, closed when all of it is, and made anew when it comes back', async () => {
    const { home, server } = await createFixture();
    await makeTickets(home, server, await assess(home, ALL));
    const stillThere = ALL.filter(({ asset, component }) => asset?.id !== 'web-2' || component?.name !== 'log4j-core');
    expect(await makeTickets(home, server, await assess(home, stillThere))).toMatchObject({ updated: 1, closed: 0 });
    const withoutLog4j = ALL.filter(({ component }) => component?.name !== 'log4j-core');
    expect(await makeTickets(home, server, await assess(home, withoutLog4j))).toMatchObject({ closed: 1, left: 2 });
    expect(server.tickets.find(({ title }) => title.includes('log4j'))?.isOpen).toBe(false);
    expect(await makeTickets(home, server, await assess(home, withoutLog4j))).toMatchObject({ closed: 0, left: 2 });
    expect(await makeTickets(home, server, await assess(home, ALL))).toMatchObject({ created: 1, left: 2 });
    expect(server.tickets.map(({ correlationId }) => correlationId).filter((name) => name.endsWith('-2'))).toHaveLength(
      1,
    );
  });

  it('are not closed for what was not looked at again: another asset, another tool, a report that could not be read', async () => {
    const { home, server } = await createFixture();
    await makeTickets(home, server, await assess(home, ALL));
    const onlyOne = [subject(ETERNAL_BLUE, 'web-1')];
    const elsewhere = [subject(ETERNAL_BLUE, 'web-9')];
    const otherTool = ALL.filter(({ component }) => component === null).map((one) => ({
      ...one,
      evidence: [{ file: 'other.json', position: null, tool: 'Nessus', severity: null }],
    }));
    for (const id of [
      await assess(home, onlyOne),
      await assess(home, elsewhere),
      await assess(home, otherTool),
      await assess(home, onlyOne, ['line 3 could not be read']),
    ]) {
      expect(await makeTickets(home, server, id)).toMatchObject({ closed: 0, created: 0 });
    }
    expect(server.tickets.every(({ isOpen }) => isOpen)).toBe(true);
  });

  it('are closed by a report of the same thing only, and only when all that has seen it was looked at again', async () => {
    const { home, server } = await createFixture();
    const seenIn = (id: string, ...evidence: readonly (readonly [tool: string, about: string])[]): Subject => ({
      ...subject(id, 'web-1'),
      evidence: evidence.map(([tool, about]) => ({
        file: `${tool}.json`,
        position: null,
        tool,
        severity: null,
        subject: about,
      })),
    });
    await makeTickets(
      home,
      server,
      await assess(home, [
        seenIn(ETERNAL_BLUE, ['Trivy', 'shop'], ['Grype', 'shop']),
        seenIn(HEARTBLEED, ['Trivy', 'shop']),
      ]),
    );
    const billing = await assess(home, [seenIn(LOG4SHELL, ['Trivy', 'billing'])]);
    const outcome = await makeTickets(home, server, billing);
    expect(outcome).toMatchObject({ created: 1, closed: 0 });
    expect(renderLeft(outcome?.plan as TicketPlan)).toBe('  2 kept open, not found now: it was not looked for again\n');
    // Trivy alone sees it again, and then does not: Grype was never asked again.
    await makeTickets(
      home,
      server,
      await assess(home, [seenIn(ETERNAL_BLUE, ['Trivy', 'shop']), seenIn(HEARTBLEED, ['Trivy', 'shop'])]),
    );
    expect(await makeTickets(home, server, await assess(home, [seenIn(HEARTBLEED, ['Trivy', 'shop'])]))).toMatchObject({
      closed: 0,
    });
    const both = await assess(home, [seenIn(HEARTBLEED, ['Trivy', 'shop'], ['Grype', 'shop'])]);
    expect(await makeTickets(home, server, both)).toMatchObject({ closed: 1 });
  });

  it('leaves what a person closed to the person, and makes again what somebody deleted', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    await makeTickets(home, server, id);
    const [first, second] = server.tickets;
    if (first === undefined || second === undefined) throw new Error('there are no tickets');
    server.tickets[0] = { ...first, isOpen: false };
    server.tickets.splice(1, 1);
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 1, updated: 0, left: 2 });
    expect(server.tickets.at(-1)?.correlationId).toBe(second.correlationId);
    const again = await startChild(home, server, id).done;
    expect([again.code, again.stderr]).toEqual([
      3,
      expect.stringMatching(/3 left[\s\S]*closed by hand, but found again: INC0001 P1/),
    ]);
    const dry = await withStore(home, (store) =>
      createTicketing(store, () => createLoopbackTicketSystem(server.url)).preview(id, new AbortController()),
    );
    expect(renderTicketPlan(dry.plan)).toMatch(
      /^Nothing is to be written to tickets; 3 are left\.\n {2}closed by hand, but found again: INC0001/,
    );
    const gap = await assess(
      home,
      [subject(ETERNAL_BLUE, 'web-1'), subject(HEARTBLEED, 'web-2')],
      ['line 3 could not be read'],
    );
    expect(renderLeft((await makeTickets(home, server, gap))?.plan as TicketPlan)).toContain(
      'kept open, not found now: what was handed in has gaps',
    );
  });

  it('asks again for what the person who closed a ticket has not seen: another vulnerability, another asset', async () => {
    const { home, server } = await createFixture();
    const log4j = (id: string, asset: string) => subject(id, asset, ['log4j-core', '2.17.1']);
    const run = async (...subjects: readonly Subject[]) => makeTickets(home, server, await assess(home, subjects));
    const close = (place: number) => server.tickets.splice(place, 1, { ...ticketAt(place), isOpen: false });
    const ticketAt = (place: number) => {
      const ticket = server.tickets[place];
      if (ticket === undefined) throw new Error('there is no ticket');
      return ticket;
    };
    await run(log4j(LOG4SHELL, 'web-1'));
    close(0);
    expect(await run(log4j(LOG4SHELL, 'web-1'))).toMatchObject({ created: 0, left: 1 });
    const second = await run(log4j(LOG4SHELL, 'web-1'), log4j(LOG4J_TWO, 'web-1'));
    expect(second).toMatchObject({ created: 1, updated: 0, left: 1 });
    expect(renderLeft(second?.plan as TicketPlan)).toContain('closed by hand, but found again: INC0001');
    expect(ticketAt(1).correlationId).toBe(`${ticketAt(0).correlationId}-2`);
    expect(ticketAt(1).description).toContain(`- ${LOG4J_TWO}:`);
    expect(ticketAt(1).description).not.toContain(LOG4SHELL);
    // What is new while a ticket is open is in that one.
    const both = [log4j(LOG4SHELL, 'web-1'), log4j(LOG4J_TWO, 'web-1')];
    expect(await run(...both)).toMatchObject({ created: 0, updated: 0, left: 2 });
    expect(await run(...both, log4j(LOG4SHELL, 'web-2'))).toMatchObject({ created: 0, updated: 1, left: 1 });
    close(1);
    expect(await run(...both, log4j(LOG4SHELL, 'web-2'))).toMatchObject({ created: 0, updated: 0, left: 2 });
    const third = [...both, log4j(LOG4SHELL, 'web-2'), log4j(LOG4J_TWO, 'web-2')];
    expect(await run(...third)).toMatchObject({ created: 1, left: 2 });
    expect(ticketAt(2).correlationId).toBe(`${ticketAt(0).correlationId}-3`);
    // Opened again by a person, its work goes on in the one that is open.
    server.tickets.splice(0, 1, { ...ticketAt(0), isOpen: true });
    expect(await run(...third)).toMatchObject({ created: 0, updated: 1, closed: 1, left: 1 });
    expect(server.tickets.map(({ isOpen }) => isOpen)).toEqual([false, false, true]);
    expect(ticketAt(2).description).toContain('Vulnerabilities (2):');
    // After a clean scan all of it is new.
    const elsewhere = ['web-1', 'web-2'].map((asset) => subject(ETERNAL_BLUE, asset));
    expect(await run(...elsewhere)).toMatchObject({ closed: 1 });
    expect(await run(...elsewhere, log4j(LOG4SHELL, 'web-1'))).toMatchObject({ created: 1 });
    expect(server.tickets.at(-1)?.correlationId).toBe(`${ticketAt(0).correlationId}-4`);
  });

  it('takes another id of the same vulnerability for what the person who closed its ticket has seen', async () => {
    const { home, server } = await createFixture();
    await makeTickets(home, server, await assess(home, [seenAs('GHSA-1111-2222-3333', [], LEFT)]));
    const [made] = server.tickets;
    if (made === undefined) throw new Error('there is no ticket');
    server.tickets[0] = { ...made, isOpen: false };
    const later = await assess(home, [seenAs(UNPUBLISHED, ['GHSA-1111-2222-3333'], LEFT)]);
    expect(await makeTickets(home, server, later)).toMatchObject({ created: 0, left: 1 });
  });

  it('makes no twin where answers are lost, and goes on after what was refused', async () => {
    const { home, server } = await createFixture();
    server.faultAt(1, { isAnswerLost: true });
    server.faultAt(2, { refuse: 503 });
    server.faultAt(4, { refuse: 403 });
    const id = await assess(home, ALL);
    expect(await makeTickets(home, server, id)).toMatchObject({
      created: 2,
      failures: [expect.stringContaining('403')],
    });
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 1, left: 2, failures: [] });
    expect(new Set(server.tickets.map(({ correlationId }) => correlationId)).size).toBe(3);
    expect(server.tickets).toHaveLength(3);
    expect(await actionsOf(home)).toContain('ticket.create.failed');
  });

  it('adopts what it finds where its own store was lost', async () => {
    const { home, server } = await createFixture();
    await makeTickets(home, server, await assess(home, ALL));
    const other = mkdtempSync(join(tmpdir(), 'eras-tickets-'));
    cleanUps.push(() => rmSync(other, { recursive: true, force: true }));
    const id = await assess(other, ALL);
    const { plan } = await withStore(other, (store) =>
      createTicketing(store, () => createLoopbackTicketSystem(server.url)).preview(id, new AbortController()),
    );
    expect(renderTicketPlan(plan)).toContain('  3 to update were written by another store');
    expect(await makeTickets(other, server, id)).toMatchObject({ created: 0, updated: 3 });
    expect(renderTicketPlan(plan)).not.toContain('kept open');
    expect(server.tickets).toHaveLength(3);
  });

  it('stops when cancelled, and goes on with what was approved without asking again', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    const controller = new AbortController();
    server.faultAt(2, { tell: () => controller.abort(new Error('stop')), isAnswerLost: true });
    await expect(makeTickets(home, server, id, true, controller)).rejects.toThrow('stop');
    expect(await makeTickets(home, server, id, false)).toMatchObject({ created: 1, updated: 1, left: 1 });
    expect(server.tickets).toHaveLength(3);
  });

  it('tells how to go on where the system is gone, and lets one process write at a time', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    for (const write of [1, 2, 3]) server.faultAt(write, { refuse: 503 });
    await expect(makeTickets(home, server, id)).rejects.toThrow(
      `not all tickets are written: HTTP 503; eras assess --resume ${id} --create-tickets goes on`,
    );
    await withStore(home, async ({ database }) =>
      database.prepare('INSERT INTO ticket_writer VALUES (1, ?, ?)').run('elsewhere:1', Date.now()),
    );
    await expect(makeTickets(home, server, id)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('another process writes tickets'),
    });
    await withStore(home, async ({ database }) => database.exec('UPDATE ticket_writer SET touched_at = 0'));
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 3 });
  });

  it('writes nothing at "not now", and asks again in another process', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    expect(await makeTickets(home, server, id, false)).toBeNull();
    expect(server.writes).toEqual([]);
    expect(await actionsOf(home)).toEqual([]);
    const standing = await withStore(home, async ({ database }) =>
      database.prepare('SELECT count(*) FROM checkpoints WHERE thread_id = ?').pluck().get(`tickets:${id}`),
    );
    expect(standing).toBeGreaterThan(0);
    expect(await makeTickets(home, server, id, false)).toBeNull();
    expect(await makeTickets(home, server, id)).toMatchObject({ created: 3 });
    expect((await actionsOf(home))[0]).toBe('tickets.approved');
  });
});

describe('the command, in processes of its own', () => {
  it('refuses to write without a yes where there is no terminal, and prints exact requests with --dry-run', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    const dry = await startChild(home, server, id, '--dry-run').done;
    const { tickets } = JSON.parse(dry.stdout) as { tickets: { requests: { method: string; url: string }[] } };
    expect(tickets.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(3).fill(`POST ${server.url}/tickets`),
    );
    const unasked = await startChild(home, server, id).done;
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toMatch(/3 to create[\s\S]*--resume \S+ --create-tickets --yes writes them\n$/);
    expect(server.writes).toEqual([]);
    const answered = await startChild(home, server, id, '--yes').done;
    expect(answered.stderr).toContain('Tickets: 3 created');
    expect(server.tickets).toHaveLength(3);
  });

  it('knows the ticket of a write that it was killed over for its own', async () => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    const first = startChild(home, server, id, '--yes');
    server.faultAt(1, { isAnswerLost: true, tell: first.kill });
    expect((await first.done).code).toBeNull();
    const later = await startChild(home, server, await assess(home, ALL)).done;
    expect(later.stderr).toMatch(/2 to create, 1 to update/);
    expect(later.stderr).not.toContain('another store');
  });

  it.each([
    ['before a write is made', { isLost: true }, 1],
    ['after a write is made and before it is answered', { isAnswerLost: true }, 2],
  ] as const)('makes each ticket exactly once over three runs and a kill %s', async (_, fault, made) => {
    const { home, server } = await createFixture();
    const id = await assess(home, ALL);
    const first = startChild(home, server, id, '--yes');
    server.faultAt(2, { ...fault, tell: first.kill });
    expect((await first.done).code).toBeNull();
    expect(server.tickets).toHaveLength(made);
    const second = await startChild(home, server, id).done;
    expect(second.stderr).toMatch(/^Tickets: /);
    const third = await startChild(home, server, await assess(home, ALL), '--yes').done;
    expect(third.stderr).toContain('Tickets: 0 created, 0 updated, 0 closed, 3 left');
    expect(server.tickets).toHaveLength(3);
    expect(new Set(server.tickets.map(({ correlationId }) => correlationId)).size).toBe(3);
    expect((await auditOf(home)).broken).toBeNull();
  });
});
