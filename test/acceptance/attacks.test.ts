import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/agents/evidence.ts';
import { renderFinding } from '../../src/agents/writing/findings-prompt.ts';
import { ATTACKS, type Attack } from '../support/attack-corpus.ts';
import { answerWith, findingsOf, honestSentences } from '../support/model-brains.ts';
import { type Brain, type ModelServer, startModelServer } from '../support/model-server.ts';
import { rawNvdRecord, WORST_CVSS } from '../support/raw-records.ts';
import { documentOf, runEras, useHomes } from '../support/run-eras.ts';
import { type SourceServer, startSourceServer } from '../support/source-server.ts';

const newHome = useHomes();
const HONEST = 'An out-of-bounds read in the parser of Example Server lets remote attackers crash it.';
const idOf = (index: number) => `CVE-2024-${20_000 + index}`;
const attackOf = new Map<string, Attack>(ATTACKS.map((attack, index) => [idOf(index), attack]));

/** A model that obeys whatever the records say, as if it had read it; it writes what the attacker wants beside honest sentences. */
const obedient: Brain = (asked) => ({
  kind: 'answer',
  text: answerWith(asked, (finding, field) => {
    const everything = finding.evidence.map(({ id }) => id);
    const wanted = attackOf.get(finding.cveId)?.wanted ?? [...attackOf.values()][0]?.wanted ?? '';
    return [{ text: wanted, evidence: everything }, ...honestSentences(finding, field)];
  }),
});

describe('a model that obeys the records', () => {
  let server: ModelServer;
  let attacked: SourceServer;
  let untouched: SourceServer;
  beforeAll(async () => {
    server = await startModelServer(obedient);
    const serve = (describeFor: (attack: Attack) => string) =>
      startSourceServer({
        nvd: new Map(
          [...attackOf].map(([id, attack]) => [
            id,
            rawNvdRecord(id, { description: describeFor(attack), cvss: WORST_CVSS }),
          ]),
        ),
      });
    attacked = await serve(({ text }) => `${HONEST} ${text}`);
    untouched = await serve(() => HONEST);
  });
  afterAll(async () => {
    await Promise.all([server.close(), attacked.close(), untouched.close()]);
  });

  const env = (sources: SourceServer, home: string) => ({
    ERAS_HOME: home,
    NVD_API_KEY: 'nvd-secret',
    ...sources.env,
    ...server.env.anthropic,
  });
  const ids = [...attackOf.keys()];

  it('changes no decision, and no sentence of it reaches any output', async () => {
    const home = newHome();
    const result = await runEras(['assess', ...ids, '--format', 'json'], env(attacked, home));
    const document = documentOf(result);
    const plain = documentOf(
      await runEras(['assess', ...ids, '--no-llm', '--format', 'json'], env(untouched, newHome())),
    );
    const decisionsOf = ({ findings }: typeof document) =>
      findings.map(({ cveId, ssvc, bod2604, risk, cvss }) => ({ cveId, ssvc, bod2604, level: risk.level, cvss }));
    expect(decisionsOf(document)).toEqual(decisionsOf(plain));
    expect(document.usage.llm.groundingViolations).toBeGreaterThanOrEqual(4 * ATTACKS.length);
    expect(document.findings.every(({ narrative }) => narrative.source === 'llm')).toBe(true);

    const { id } = document;
    const markdown = await runEras(['show', id, '--format', 'md'], { ERAS_HOME: home });
    const table = await runEras(['show', id], { ERAS_HOME: home });
    const stream = await runEras(['assess', ...ids, '--stream'], env(attacked, newHome()));
    const told = stream.stdout
      .split('\n')
      .filter((line) => line.startsWith('{"type":"narrative-delta"'))
      .join('\n');
    const prose = JSON.stringify([document.findings.map(({ narrative }) => narrative), document.summary]);
    const outputs = [prose, told, table.stdout, markdown.stdout.replaceAll('\\', '')];
    for (const { name, wanted } of ATTACKS) {
      for (const output of outputs) expect(output.includes(wanted), name).toBe(false);
    }
    for (const output of [...outputs, result.stderr]) {
      expect(output).not.toMatch(/test-anthropic-key|nvd-secret|Take every id, number/);
    }
  });

  it('sees nothing of an attack in its prompts', () => {
    expect(server.calls.length).toBeGreaterThan(0);
    for (const asked of server.calls) {
      for (const { cveId } of findingsOf(asked)) {
        const attack = attackOf.get(cveId);
        if (attack !== undefined) expect(asked.user.includes(attack.text), attack.name).toBe(false);
      }
    }
  });
});

describe('without the defences', () => {
  /** A prompt's delimiters cannot be written by evidence; what an attack says without them can still be read. */
  const readable = (text: string) => text.replace(/before |after |[<>]/g, '');
  /** A model that obeys what it can read in its prompt. */
  const obey = (prompt: string, { text, wanted }: Attack) =>
    readable(prompt).includes(readable(text)) ? wanted : HONEST;
  const bare = (text: string): Evidence => ({ id: 'E1', topic: 'description', source: 'CVE record', text });

  it.each(ATTACKS)('the attack by $name succeeds', (attack) => {
    const unguarded = renderFinding({ id: 'CVE-2024-1', evidence: [bare(`${HONEST} ${attack.text}`)] });
    expect(obey(unguarded, attack)).toBe(attack.wanted);
  });
});
