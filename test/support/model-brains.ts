import type { Asked, Brain } from './model-server.ts';

/** A finding as a prompt shows it. */
export interface ShownFinding {
  readonly cveId: string;
  readonly evidence: readonly { readonly id: string; readonly topic: string; readonly text: string }[];
}

/** The findings of a prompt. */
export function findingsOf({ user }: Asked): ShownFinding[] {
  return [...user.matchAll(/<finding cveId="([^"]+)">\n([\s\S]*?)\n<\/finding>/g)].map(
    ([, cveId = '', lines = '']) => ({
      cveId,
      evidence: [...lines.matchAll(/^\[(E\d+)\] (\w+): (.*)$/gm)].map(([, id = '', topic = '', text = '']) => ({
        id,
        topic,
        text,
      })),
    }),
  );
}

/** A sentence as an answer holds it. */
export interface Sentence {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** An answer of the asked shape, with sentences for each field of each finding. */
export function answerWith(asked: Asked, sentencesFor: (finding: ShownFinding, field: string) => Sentence[]): string {
  const shown = findingsOf(asked);
  if (asked.schema !== null && 'text' in ((asked.schema['properties'] as object | undefined) ?? {})) {
    const [whole = { cveId: '', evidence: [] }] = shown;
    return JSON.stringify({ text: sentencesFor(whole, 'text') });
  }
  const fields = fieldsOf(asked);
  return JSON.stringify({
    findings: shown.map((finding) => ({
      cveId: finding.cveId,
      ...Object.fromEntries(fields.map((field) => [field, sentencesFor(finding, field)])),
    })),
  });
}

function fieldsOf({ schema }: Asked): string[] {
  const findings = (schema as { properties?: { findings?: { items?: { properties?: object } } } } | null)?.properties
    ?.findings;
  return Object.keys(findings?.items?.properties ?? {}).filter((name) => name !== 'cveId');
}

/** What an honest model writes: sentences that its evidence carries. */
export function honestSentences({ cveId, evidence }: ShownFinding, field: string): Sentence[] {
  const of = (topic: string) => evidence.find((piece) => piece.topic === topic);
  const cite = (topic: string, text: string): Sentence[] => {
    const piece = of(topic);
    return piece === undefined ? [] : [{ text, evidence: [piece.id] }];
  };
  const level = /level (\w+)/.exec(of('risk')?.text ?? '')?.[1] ?? '';
  const score = /CVSS (\S+) (\S+)/.exec(of('cvss')?.text ?? '');
  const due = /due (\S+)/.exec(of('bod2604')?.text ?? '')?.[1];
  const days = /(\d+)_days/.exec(of('bod2604')?.text ?? '')?.[1];
  switch (field) {
    case 'summary':
      return [
        ...cite(
          'risk',
          `${cveId} is rated ${level} after weighing likelihood and impact together for the affected software.`,
        ),
        ...(score === null
          ? []
          : cite(
              'cvss',
              `Its CVSS ${score[1]} base score is ${score[2]}, which reflects how it is reached and what is lost.`,
            )),
      ];
    case 'remediation':
      return days === undefined
        ? cite('bod2604', 'Remediate it with the next upgrade of the system.')
        : cite(
            'bod2604',
            `Remediate within ${days} days${due === undefined ? '' : `, by ${due}`}, starting with the systems that are reached most easily.`,
          );
    case 'businessImpact':
      return cite(
        'ssvc',
        'A successful attack gives control over the software and what it works with, so operations and data are at stake.',
      );
    case 'threat':
      return cite(
        'ssvc',
        'An attacker would first need to reach the software, and then use the weakness to get what it protects.',
      );
    default:
      return cite('risk', 'The findings are weighed by likelihood and impact, and the worst come first.');
  }
}

/** A model that writes what its evidence carries. */
export const honest: Brain = (asked) => ({ kind: 'answer', text: answerWith(asked, honestSentences) });
