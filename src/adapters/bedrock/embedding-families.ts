import { z } from 'zod';
import { RiskError } from '../../kernel/risk-error.ts';
import type { EmbeddingPurpose } from '../../ports/embedder.ts';

/** How a family of models is asked. */
export interface EmbeddingFamily {
  readonly textsAtOnce: number;
  readonly callsAtOnce: number;
  toBody(texts: readonly string[], purpose: EmbeddingPurpose): object;
  /** Null where an answer holds none. */
  readVectors(answer: string): readonly number[][] | null;
}

/** Titan takes a text a call. */
const TITAN: EmbeddingFamily = {
  textsAtOnce: 1,
  callsAtOnce: 8,
  toBody: ([inputText]) => ({ inputText }),
  readVectors(answer) {
    const parsed = parse(z.object({ embedding: z.array(z.number()) }), answer);
    return parsed === null ? null : [parsed.embedding];
  },
};

/** Cohere refuses longer texts; what its 512 tokens do not hold it cuts by itself. */
const MOST_COHERE_CHARACTERS = 2048;

/** Half a character at the cut would be no text. */
const clipForCohere = (text: string) => text.slice(0, MOST_COHERE_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');

const COHERE: EmbeddingFamily = {
  textsAtOnce: 96,
  callsAtOnce: 2,
  toBody: (texts, purpose) => ({
    texts: texts.map(clipForCohere),
    input_type: purpose === 'query' ? 'search_query' : 'search_document',
    truncate: 'END',
  }),
  readVectors: (answer) => parse(z.object({ embeddings: z.array(z.array(z.number())) }), answer)?.embeddings ?? null,
};

/** The family of a model, by Bedrock's id; an inference profile's region may stand before it. @throws RiskError `BAD_INPUT` */
export function familyOf(model: string): EmbeddingFamily {
  if (/^(?:[a-z-]+\.)?amazon\.titan-embed-text-/.test(model)) return TITAN;
  if (/^(?:[a-z-]+\.)?cohere\.embed-/.test(model)) return COHERE;
  throw new RiskError({
    code: 'BAD_INPUT',
    message:
      "ERAS_EMBEDDING_MODEL is not Bedrock's id of a model of Titan or Cohere, such as amazon.titan-embed-text-v2:0 or cohere.embed-multilingual-v3",
  });
}

function parse<Shape>(schema: z.ZodType<Shape>, answer: string): Shape | null {
  try {
    return schema.safeParse(JSON.parse(answer)).data ?? null;
  } catch {
    return null;
  }
}
