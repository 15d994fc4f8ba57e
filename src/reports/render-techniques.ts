import { plainText } from './words.ts';

interface Shown {
  readonly answer: string;
  readonly techniques: readonly {
    readonly techniqueId: string;
    readonly name: string;
    readonly tactics: readonly string[];
    readonly score: number;
    readonly why: readonly string[];
    readonly closest: { readonly text: string };
  }[];
  readonly attack: { readonly version: string | null; readonly origin: string; readonly at: string };
}

const LONGEST_LINE = 400;

/** The techniques that a text may describe, for a terminal: best first, with what speaks for each. */
export function renderTechniques({ answer, techniques, attack }: Shown): string {
  const lines = techniques.flatMap(({ techniqueId, name, tactics, score, why, closest }) => [
    `  ${score.toFixed(2)}  ${plainText(`${techniqueId} ${name} (${tactics.join(', ')}): ${why.join('; ')}`, LONGEST_LINE)}`,
    `        “${plainText(closest.text, LONGEST_LINE)}”`,
  ]);
  const release = attack.version === null ? '' : ` ${attack.version}`;
  const from = `ATT&CK${release} (${attack.origin}, ${attack.at.slice(0, 10)})`;
  return [
    plainText(answer, LONGEST_LINE),
    ...(lines.length > 0 ? ['', 'Techniques', ...lines] : []),
    '',
    plainText(from),
    '',
  ].join('\n');
}
