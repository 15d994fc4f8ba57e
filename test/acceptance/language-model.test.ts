import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Assessment } from '../../src/domain/assessment/schema.ts';
import { repeatedCalls, until, wait } from '../support/fleet.ts';
import { answerWith, findingsOf, honest, honestSentences } from '../support/model-brains.ts';
import { type Brain, type ModelServer, startModelServer } from '../support/model-server.ts';
import { documentOf, runEras, startEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const JSON_FORMAT = ['--format', 'json'];
const IDS = ['CVE-2021-44228', 'CVE-2024-3094', 'CVE-2022-21449', 'CVE-2023-34362'];

let server: ModelServer;
let sources: SourceServer;
beforeAll(async () => {
  server = await startModelServer(honest);
  // Sources that fail at once: the bundled snapshot stands in, so that real facts are written about.
  sources = await startSourceServer();
  sources.behave('all', { kind: 'status', status: 400 });
});
afterEach(() => {
  server.think(honest);
  server.pace({ firstTokenMs: 0, perTokenMs: 0 });
  server.calls.length = 0;
});
afterAll(async () => {
  await server.close();
  await sources.close();
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runEras(['assess', ...args, ...JSON_FORMAT], {
    ERAS_HOME: newHome(),
    ...sources.env,
    ...server.env.anthropic,
    // Patient: a machine that is busy is no model that never answers.
    ERAS_LLM_TIMEOUT_MS: '20000',
    ...env,
  });

describe.each(['anthropic', 'bedrock', 'openai'] as const)('with %s', (provider) => {
  it('findings are written by the model, each sentence with its evidence', async () => {
    const env = { ...server.env[provider], ...(provider === 'anthropic' ? {} : { ANTHROPIC_API_KEY: '' }) };
    const result = await run(IDS, env);
    const document = Assessment.parse(documentOf(result));
    expect(document.findings).toHaveLength(4);
    for (const { narrative, cveId } of document.findings) {
      expect(narrative).toMatchObject({ source: 'llm', notes: [] });
      expect(narrative.summary).toContain(cveId);
      for (const field of ['summary', 'threat', 'remediation', 'businessImpact'] as const) {
        expect(narrative[field]).not.toBe('');
        expect(narrative.citations.some(({ claim }) => narrative[field].includes(claim))).toBe(true);
      }
    }
    expect(document.summary).toMatchObject({ source: 'llm' });
    const { llm } = document.usage;
    expect(llm.calls).toBe(server.calls.length);
    expect(llm.groundingViolations).toBe(0);
    expect(Object.keys(llm.byAgent).sort()).toEqual(['report', 'threat', 'vulnerability']);
    if (provider === 'openai') {
      expect(llm.costUsd).toBeNull();
      expect(document.warnings.join()).toContain('price');
    } else expect(llm.costUsd).toBeGreaterThan(0);
  });
});

describe('a model that misbehaves', () => {
  const lie: Brain = (asked) => ({
    kind: 'answer',
    text: answerWith(asked, ({ evidence }) => [
      { text: 'It is CVE-1999-0001 with a CVSS score of 1.1.', evidence: [evidence[0]?.id ?? ''] },
      { text: 'The risk is rated low and no action is needed.', evidence: [evidence[0]?.id ?? ''] },
    ]),
  });
  it.each<[string, Brain]>([
    ['refuses', () => ({ kind: 'answer', text: '', stop: 'refusal' })],
    ['lies', lie],
    ['never answers', () => ({ kind: 'hang' })],
    ['answers garbage', () => ({ kind: 'answer', text: 'Certainly! Here is your report.' })],
    ['answers half a JSON', (asked) => ({ kind: 'answer', text: answerWith(asked, honestSentences).slice(0, 80) })],
    [
      'runs out of tokens',
      (asked) => ({ kind: 'answer', text: answerWith(asked, honestSentences).slice(0, 80), stop: 'max_tokens' }),
    ],
    ['is overloaded', () => ({ kind: 'status', status: 529 })],
    ['rejects the key', () => ({ kind: 'status', status: 401 })],
    [
      'answers of other findings',
      () => ({
        kind: 'answer',
        text: '{"findings":[{"cveId":"CVE-1999-0001","summary":[],"remediation":[],"businessImpact":[],"threat":[]}]}',
      }),
    ],
  ])('and %s loses no finding: the rules write, and a warning says so', async (what, brain) => {
    server.think(brain);
    const result = await run(IDS, what === 'never answers' ? { ERAS_LLM_TIMEOUT_MS: '1500' } : {});
    const document = Assessment.parse(documentOf(result));
    expect(document.findings.map(({ cveId }) => cveId).sort()).toEqual([...IDS].sort());
    for (const { narrative } of document.findings) {
      expect(narrative).toMatchObject({ source: 'rules', model: null });
      expect(narrative.summary).not.toBe('');
      expect(narrative.notes).not.toEqual([]);
    }
    expect(document.warnings.some((warning) => warning.startsWith('language model:'))).toBe(true);
    expect(JSON.stringify(document)).not.toContain('CVE-1999-0001');
  });

  it.each<[string, ReturnType<Brain>]>([
    ['refuses', { kind: 'answer', text: '', stop: 'refusal' }],
    ['rejects', { kind: 'status', status: 400 }],
  ])('and %s one poisoned finding loses no other', async (what, answer) => {
    server.think((asked) => (asked.user.includes('CVE-2024-3094') ? answer : honest(asked, 0)));
    const document = documentOf(await run([...IDS, '--concurrency', '2']));
    const sourcesOf = Object.fromEntries(document.findings.map(({ cveId, narrative }) => [cveId, narrative.source]));
    expect(sourcesOf).toEqual({ ...Object.fromEntries(IDS.map((id) => [id, 'llm'])), 'CVE-2024-3094': 'rules' });
    if (what === 'refuses') expect(document.usage.llm.refusals).toBeGreaterThan(0);
  });

  it('takes out the sentences that nothing carries and keeps the rest', async () => {
    server.think((asked) => ({
      kind: 'answer',
      text: answerWith(asked, (finding, field) => [
        ...honestSentences(finding, field),
        { text: 'Its CVSS score is 0.3.', evidence: ['E2'] },
      ]),
    }));
    const document = documentOf(await run(IDS));
    expect(document.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
    expect(document.usage.llm.groundingViolations).toBeGreaterThanOrEqual(IDS.length * 4);
    expect(JSON.stringify(document.findings.map(({ narrative }) => narrative))).not.toContain('0.3.');
  });

  it('asks again where an answer could not be read, or a finding is missing from it', async () => {
    let broken = 0;
    server.think((asked, call) => {
      broken += 1;
      return broken <= 2 ? { kind: 'answer', text: '{"findings":' } : honest(asked, call);
    });
    const document = documentOf(await run(IDS.slice(0, 1)));
    expect(document.findings[0]?.narrative.source).toBe('llm');

    server.think((asked, call) => {
      const answer = honest(asked, call);
      if (answer.kind !== 'answer' || findingsOf(asked).length < 2) return answer;
      return { ...answer, text: JSON.stringify({ findings: JSON.parse(answer.text).findings.slice(1) }) };
    });
    const second = documentOf(await run([...IDS, '--concurrency', '2']));
    expect(second.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
  });
});

describe('an OpenAI-compatible endpoint', () => {
  const refuse = (param: string) => ({
    kind: 'status' as const,
    status: 400,
    body: JSON.stringify({ error: { message: `Unsupported parameter: '${param}'`, type: 'invalid_request_error' } }),
  });
  it.each<[string, Brain]>([
    [
      'that wants the newer name of the limit',
      (asked, call) =>
        'max_tokens' in asked.body ? refuse("max_tokens'. Use 'max_completion_tokens") : honest(asked, call),
    ],
    [
      'that takes no schema',
      (asked, call) => {
        const { response_format: format } = asked.body as { response_format?: { type: string } };
        if (format !== undefined) return refuse('response_format');
        const [, schema = '{}'] = /by this schema:\n(.*)$/.exec(asked.system) ?? [];
        return honest({ ...asked, schema: JSON.parse(schema) }, call);
      },
    ],
    [
      'that thinks aloud first',
      (asked, call) => {
        const answer = honest(asked, call);
        return answer.kind === 'answer' ? { ...answer, text: `<think>Let me see.</think>\n${answer.text}` } : answer;
      },
    ],
  ])('%s is understood, and each call counted', async (_what, brain) => {
    server.think(brain);
    for (const stream of [[], ['--stream']]) {
      server.calls.length = 0;
      const env = { ...server.env.openai, ANTHROPIC_API_KEY: '' };
      const result = await run([...IDS, ...stream], env);
      const last = JSON.parse(stream.length === 0 ? result.stdout : (result.stdout.trim().split('\n').at(-1) ?? ''));
      const document = Assessment.parse(last.assessment ?? last);
      expect(document.findings.map(({ narrative }) => narrative.source)).toEqual(IDS.map(() => 'llm'));
      expect(document.summary.source).toBe('llm');
      expect(document.usage.llm.calls).toBe(server.calls.length);
    }
  });
});

describe('money', () => {
  it('is not spent twice on the same assessment', async () => {
    const env = { ERAS_HOME: newHome() };
    await run(IDS, env);
    server.calls.length = 0;
    const again = documentOf(await run(IDS, env));
    expect(server.calls).toEqual([]);
    expect(again.usage.llm).toMatchObject({ calls: 0, costUsd: 0 });
    expect(again.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
  });

  it('is not spent twice on what did not hold, either', async () => {
    const env = { ERAS_HOME: newHome() };
    server.think((asked) => ({
      kind: 'answer',
      text: answerWith(asked, (finding, field) =>
        (finding.cveId === 'CVE-2024-3094' && field === 'remediation') || field === 'text'
          ? [{ text: 'Its CVSS score is 0.3.', evidence: ['E2'] }]
          : honestSentences(finding, field),
      ),
    }));
    const first = documentOf(await run(IDS, env));
    expect(first.usage.llm.groundingViolations).toBeGreaterThan(0);
    server.calls.length = 0;
    const again = documentOf(await run(IDS, env));
    expect(server.calls).toEqual([]);
    expect(again.findings.map(({ narrative }) => narrative)).toEqual(first.findings.map(({ narrative }) => narrative));
    expect([again.summary, again.usage.llm.groundingViolations]).toEqual([
      first.summary,
      first.usage.llm.groundingViolations,
    ]);
  });

  it('that does not hold deep thought buys the worst finding a plainer text', async () => {
    const { findings, gaps, usage } = documentOf(await run([...IDS, '--max-cost', '0.03']));
    expect(findings.every(({ narrative }) => narrative.source === 'llm' && narrative.notes.length === 0)).toBe(true);
    expect(gaps.filter(({ source }) => source === 'llm')).toEqual([]);
    expect(Object.keys(usage.llm.byModel).some((model) => model.includes('opus'))).toBe(false);
    expect(usage.llm.costUsd).toBeLessThanOrEqual(0.03);
  });

  it('is capped: what is done stays, rules write the rest, and gaps say so', async () => {
    const capped = await run([...IDS, '--max-cost', '0.0015']);
    expect(capped.code).toBe(3);
    const { usage, gaps, findings } = documentOf(capped);
    expect(usage.llm.costUsd).toBeLessThanOrEqual(0.0015);
    expect(usage.llm.calls).toBeGreaterThan(0);
    expect(gaps.some(({ source, reason }) => source === 'llm' && reason.includes('cost cap'))).toBe(true);
    expect(findings).toHaveLength(4);
    const nothing = await run([...IDS, '--max-cost', '0']);
    expect(documentOf(nothing).usage.llm.calls).toBe(0);
  });

  it('is capped only where prices are known', async () => {
    const result = await run([...IDS, '--max-cost', '1'], { ERAS_MODEL_FAST: 'claude-of-tomorrow' });
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('claude-of-tomorrow')]);
  });

  it('is accounted for by day, model, agent and assessment', async () => {
    const env = { ERAS_HOME: newHome() };
    await run(IDS, env);
    const costs = await runEras(['costs', '--format', 'json'], env);
    const report = JSON.parse(costs.stdout);
    expect(Object.keys(report)).toEqual(['day', 'model', 'agent', 'assessment']);
    expect(report.day[0].calls).toBe(server.calls.length);
  });

  it('is halved by batches, where the provider has them', async () => {
    const full = documentOf(await run(IDS, { ERAS_MODEL_DEEP: 'claude-haiku-5-5' }));
    const batched = documentOf(await run([...IDS, '--economy'], { ERAS_MODEL_DEEP: 'claude-haiku-5-5' }));
    expect(batched.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
    expect(batched.usage.llm.costUsd ?? 1).toBeLessThan(0.55 * (full.usage.llm.costUsd ?? 0));
    expect(batched.warnings).toEqual(full.warnings);
    const bedrock = documentOf(await run([...IDS, '--economy'], { ...server.env.bedrock, ANTHROPIC_API_KEY: '' }));
    expect(bedrock.warnings.join()).toContain('no half-price batches');
  });

  it('pays for a batch once, also where it is killed while it waits, or the batch is gone when it is resumed', async () => {
    for (const isGone of [false, true]) {
      const env = { ...sources.env, ...server.env.anthropic, ERAS_HOME: newHome() };
      const before = server.calls.length;
      server.holdBatches(true);
      const killed = startEras(['assess', ...IDS, '--economy', '--format', 'json'], env);
      await until(() => server.calls.length > before, 60_000);
      await wait(1500);
      killed.kill('SIGKILL');
      await killed.done;
      server.holdBatches(false);
      if (isGone) server.forgetBatches();
      const paid = server.calls.length - before;
      const [{ id }] = JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout);
      const document = documentOf(await runEras(['assess', '--resume', id, '--format', 'json'], env));
      expect(document.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
      expect([paid > 0, repeatedCalls(server.calls.slice(before))]).toEqual([true, isGone ? paid : 0]);
    }
  });

  it('is estimated before, with nothing called and nothing stored', async () => {
    const env = { ERAS_HOME: newHome() };
    const plan = JSON.parse((await run([...IDS, '--dry-run'], env)).stdout);
    expect(server.calls).toEqual([]);
    expect(plan).toMatchObject({ findings: 4, requests: { nvd: 1, ssvc: 4 } });
    expect(JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout)).toEqual([]);
    const { usage } = documentOf(await run(IDS, env));
    expect(plan.languageModel.calls).toBe(usage.llm.calls);
    expect(plan.languageModel.costUsd / (usage.llm.costUsd ?? 0)).toBeGreaterThan(0.5);
    expect(plan.languageModel.costUsd / (usage.llm.costUsd ?? 0)).toBeLessThan(2);
  });

  it('is not spent without a model', async () => {
    for (const args of [['--no-llm'], ['--offline']]) {
      const document = documentOf(await run([...IDS, ...args]));
      expect(document.usage.llm.calls).toBe(0);
      expect(document.findings.every(({ narrative }) => narrative.source === 'rules')).toBe(true);
    }
    expect(server.calls).toEqual([]);
  });
});

describe('a run that is killed', () => {
  it('pays for no answered call twice', async () => {
    const env = {
      ERAS_HOME: newHome(),
      ...sources.env,
      ...server.env.anthropic,
    };
    // The vulnerability agent's calls are answered; the threat agent's hang.
    server.think((asked, call) => (asked.system.includes('threat') ? { kind: 'hang' } : honest(asked, call)));
    const started = startEras(['assess', ...IDS, '--verbose', ...JSON_FORMAT], env);
    const giveUpAt = Date.now() + 20_000;
    while (!started.stderr().includes('stage-end vulnerability\n') || server.calls.length < 5) {
      if (Date.now() > giveUpAt) throw new Error(started.stderr());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // The first stage-end is that of gathering: the second one is of writing.
    while (started.stderr().split('stage-end vulnerability').length < 3) {
      if (Date.now() > giveUpAt) throw new Error(started.stderr());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    started.kill('SIGKILL');
    await started.done;
    server.think(honest);
    server.calls.length = 0;
    const [listing] = JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout);
    const resumed = documentOf(await runEras(['assess', '--resume', listing.id, ...JSON_FORMAT], env));
    expect(resumed.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
    expect(server.calls.some(({ system }) => system.startsWith('Write about vulnerabilities'))).toBe(false);
    const costs = JSON.parse((await runEras(['costs', '--by', 'agent', '--format', 'json'], env)).stdout);
    expect(costs.agent.find(({ key }: { key: string }) => key === 'threat').unfinished.calls).toBeGreaterThan(0);
  });
});

it('a run that is killed while one finding is asked for again does not pay for the others again', async () => {
  const env = { ERAS_HOME: newHome(), ...sources.env, ...server.env.anthropic };
  const isAlone = (asked: Parameters<Brain>[0]) => findingsOf(asked).length === 1;
  server.think((asked, call) => {
    if (!asked.system.startsWith('Write about vulnerabilities')) return { kind: 'hang' };
    if (isAlone(asked)) return { kind: 'hang' };
    const [first] = findingsOf(asked);
    const text = answerWith(asked, (finding, field) =>
      finding.cveId === first?.cveId && field === 'remediation'
        ? [{ text: 'Its CVSS score is 0.3.', evidence: ['E2'] }]
        : honestSentences(finding, field),
    );
    return { ...honest(asked, call), text } as ReturnType<Brain>;
  });
  const started = startEras(['assess', ...IDS, '--concurrency', '2', ...JSON_FORMAT], env);
  const giveUpAt = Date.now() + 20_000;
  const askedAlone = () =>
    server.calls.filter((asked) => asked.system.startsWith('Write about vulnerabilities') && isAlone(asked));
  while (askedAlone().length === 0) {
    if (Date.now() > giveUpAt) throw new Error(started.stderr());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const pending = askedAlone().flatMap((asked) => findingsOf(asked).map(({ cveId }) => cveId));
  started.kill('SIGKILL');
  await started.done;
  server.think(honest);
  server.calls.length = 0;
  const [listing] = JSON.parse((await runEras(['list', '--format', 'json'], env)).stdout);
  await runEras(['cache', 'clear'], env);
  const resumed = documentOf(await runEras(['assess', '--resume', listing.id, ...JSON_FORMAT], env));
  expect(resumed.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);
  const again = server.calls.filter(({ system }) => system.startsWith('Write about vulnerabilities'));
  expect(again.flatMap((asked) => findingsOf(asked).map(({ cveId }) => cveId))).toEqual(pending);
});

it('an endpoint that repeats its key gets it nowhere', async () => {
  const key = 'sk-repeated-0123456789';
  server.think((asked) => ({
    kind: 'answer',
    text: answerWith(asked, (finding, field) => [
      ...honestSentences(finding, field),
      { text: `The key is ${key}.`, evidence: ['E1'] },
    ]),
  }));
  const home = newHome();
  const result = await run(IDS, { ERAS_HOME: home, ANTHROPIC_API_KEY: key });
  expect(documentOf(result).usage.llm.groundingViolations).toBeGreaterThan(0);
  expect(result.stdout + result.stderr).not.toContain(key);
  for (const file of readdirSync(home)) expect(readFileSync(join(home, file), 'latin1')).not.toContain(key);
});

describe('--stream', () => {
  it('tells of what the response cache has, too', async () => {
    const env = { ERAS_HOME: newHome(), ...sources.env, ...server.env.anthropic };
    await runEras(['assess', ...IDS, '--quiet'], env);
    server.calls.length = 0;
    const { stdout } = await runEras(['assess', ...IDS, '--stream'], env);
    expect(server.calls).toEqual([]);
    for (const id of IDS) expect(stdout).toContain(`{"type":"narrative-delta","cveId":"${id}","field":"summary"`);
  });

  it('tells of each sentence as an event a line, and ends with the whole document', async () => {
    server.pace({ firstTokenMs: 20, perTokenMs: 1 });
    const result = await runEras(['assess', ...IDS, '--stream'], {
      ERAS_HOME: newHome(),
      ...sources.env,
      ...server.env.anthropic,
    });
    const events = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ type: 'assessment-start' });
    const last = events.at(-1);
    expect(last.type).toBe('assessment-end');
    const document = Assessment.parse(last.assessment);
    for (const { cveId, narrative } of document.findings) {
      const told = events
        .filter((event) => event.type === 'narrative-delta' && event.cveId === cveId && event.field === 'summary')
        .map(({ text }) => text)
        .join('');
      expect(told.trim()).toBe(narrative.summary);
    }
    expect(events.some((event) => event.type === 'narrative-delta' && event.cveId === null)).toBe(true);
  });

  const NONSENSE = { text: 'Its CVSS base score is 3.3.', evidence: ['E2'] };
  const halved = (asked: Parameters<Brain>[0]) => {
    const text = answerWith(asked, honestSentences);
    return text.slice(0, Math.floor(text.length / 2));
  };
  it.each<[string, Brain]>([
    [
      'lies in part, differently each time',
      (asked, call) => ({
        kind: 'answer',
        text: answerWith(asked, (finding, field) =>
          field === 'remediation' && call < 2 ? [NONSENSE] : [...honestSentences(finding, field), NONSENSE],
        ),
      }),
    ],
    [
      'writes half a JSON at first',
      (asked, call) => (call < 3 ? { kind: 'answer', text: halved(asked) } : honest(asked, call)),
    ],
    ['writes half a JSON always', (asked) => ({ kind: 'answer', text: halved(asked) })],
    [
      'runs out of tokens',
      (asked, call) => (call < 3 ? { kind: 'answer', text: halved(asked), stop: 'max_tokens' } : honest(asked, call)),
    ],
    [
      'is cut off in the middle',
      (asked, call) =>
        call < 3 ? { kind: 'cut', text: answerWith(asked, honestSentences), after: 700 } : honest(asked, call),
    ],
    [
      'is always cut off in the middle',
      (asked) => ({ kind: 'cut', text: answerWith(asked, honestSentences), after: 700 }),
    ],
    [
      'cites nothing',
      (asked) => ({ kind: 'answer', text: answerWith(asked, () => [{ text: 'It is bad.', evidence: [] }]) }),
    ],
  ])('what was told is the final text where the model %s', async (_, brain) => {
    server.think(brain);
    const { stdout } = await runEras(['assess', ...IDS, '--stream'], {
      ERAS_HOME: newHome(),
      ...sources.env,
      ...server.env.anthropic,
    });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const document = Assessment.parse(events.at(-1).assessment);
    expect(document.findings).toHaveLength(IDS.length);
    const toldOf = (cveId: string | null, field: string) =>
      events
        .filter((event) => event.type === 'narrative-delta' && event.cveId === cveId && event.field === field)
        .map(({ text }) => text)
        .join('');
    for (const { cveId, narrative } of document.findings) {
      for (const field of ['summary', 'threat', 'remediation', 'businessImpact'] as const)
        expect(toldOf(cveId, field)).toBe(narrative[field]);
    }
    expect(toldOf(null, 'summary')).toBe(document.summary.text);
    expect(stdout).not.toContain('3.3.');
  });
});

describe('a sentence that rules do not understand', () => {
  const SENTENCE = 'are our payment boxes hit by cve 2024 3094';
  const understands: Brain = (asked, call) =>
    asked.schema !== null && JSON.stringify(asked.schema).includes('vulnerabilities')
      ? {
          kind: 'answer',
          text: JSON.stringify({
            vulnerabilities: ['CVE-2024-3094', 'CVE-2021-44228'],
            products: [],
            assets: ['payment boxes', 'crown jewels'],
          }),
        }
      : honest(asked, call);

  it('is read by the fast tier; what does not stand in it is dropped, and what was understood is shown', async () => {
    server.think(understands);
    const env = { ERAS_HOME: newHome() };
    const assets = join(env.ERAS_HOME, 'assets.csv');
    writeFileSync(assets, 'id,name,criticality\np1,payment-box-1,5\nx,other,1\n');
    const result = await run([SENTENCE, '--assets', assets], env);
    const { findings, usage } = Assessment.parse(documentOf(result));
    expect(findings.map(({ cveId, asset }) => [cveId, asset?.id])).toEqual([['CVE-2024-3094', 'p1']]);
    expect(result.stderr).toContain(
      'understood: "are our payment boxes hit by cve 2024 3094": CVE-2024-3094, on payment boxes (read by',
    );
    expect(server.calls[0]).toMatchObject({ model: expect.stringContaining('haiku') });
    // It was paid for before there was an assessment: the ledger has it under its own name.
    expect(usage.llm.calls).toBe(server.calls.length - 1);
    const costs = await runEras(['costs', '--by', 'agent', ...JSON_FORMAT], { ...env, ...server.env.anthropic });
    expect(costs.stdout).toContain('intake');
  });

  it.each([
    ['--no-llm', ['--no-llm'], understands],
    ['--offline', ['--offline'], understands],
    ['an answer that cannot be read', [], (): ReturnType<Brain> => ({ kind: 'answer', text: 'well' })],
  ])('is read by rules alone with %s', async (_what, flags, brain) => {
    server.think(brain);
    const result = await run(['no ids in here', ...flags]);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(server.calls.length).toBe(flags.length === 0 ? 1 : 0);
  });
});
