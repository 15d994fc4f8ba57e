import type { Evidence, EvidenceTopic } from '../evidence.ts';
import type { ModelTask } from '../language-model/policy.ts';

/** Tokens of a text: the provider's own count where it has one, else a tokenizer's. */
export type TokenCounter = (text: string) => Promise<number>;

/** No text of this kind has fewer characters a token: below, counting is not needed to know that it fits. */
const LEAST_CHARACTERS_PER_TOKEN = 2;
/** What is usual for evidence: for planning only. */
const USUAL_CHARACTERS_PER_TOKEN = 3.5;

/** What each task can do without, the first most easily. */
const LEAST_RELEVANT: Readonly<Record<Extract<ModelTask, 'vulnerability' | 'threat'>, readonly EvidenceTopic[]>> = {
  vulnerability: ['attack', 'weakness', 'document', 'description', 'affected', 'epss'],
  threat: ['affected', 'weakness', 'document', 'bod2604', 'description', 'attack'],
};

/** Evidence that fits, what had to be left out, and about how many tokens it has. */
export interface PackedEvidence {
  readonly evidence: readonly Evidence[];
  readonly leftOut: readonly string[];
  readonly tokens: number;
}

/** Packs evidence into a budget of tokens, the least relevant to the task left out first. Ids stay as they are. */
export async function packEvidence(
  evidence: readonly Evidence[],
  task: Extract<ModelTask, 'vulnerability' | 'threat'>,
  budgetTokens: number,
  countTokens: TokenCounter,
): Promise<PackedEvidence> {
  const kept = [...evidence];
  const leftOut: string[] = [];
  const candidates = LEAST_RELEVANT[task].flatMap((topic) =>
    evidence.filter((piece) => piece.topic === topic).reverse(),
  );
  for (;;) {
    const text = kept.map(({ text }) => text).join('\n');
    const fits = text.length <= budgetTokens * LEAST_CHARACTERS_PER_TOKEN || (await countTokens(text)) <= budgetTokens;
    const next = candidates.shift();
    if (fits || next === undefined) {
      return { evidence: kept, leftOut, tokens: Math.ceil(text.length / USUAL_CHARACTERS_PER_TOKEN) };
    }
    kept.splice(kept.indexOf(next), 1);
    leftOut.push(`${next.id} ${next.topic}`);
  }
}
