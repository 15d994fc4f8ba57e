import { readTestData, readTestJsonLines } from './test-data.ts';

/** Figures of a set of queries and a way to search. */
export interface Figures {
  readonly 'R@1': number;
  readonly 'R@5': number;
  readonly 'R@10': number;
  readonly MRR: number;
  readonly 'nDCG@10': number;
}

/** A labelled query. */
interface Query {
  readonly _id: string;
  readonly text: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The queries of a set, in their order. */
export function readQueries(set: string): Query[] {
  return readTestJsonLines(`rag_eval/${set}/queries.jsonl`) as Query[];
}

/** The documents that are relevant to each query of a set. */
export function readRelevant(set: string): Map<string, Set<string>> {
  const relevant = new Map<string, Set<string>>();
  for (const line of readTestData(`rag_eval/${set}/qrels.tsv`).trim().split('\n').slice(1)) {
    const [query = '', document = ''] = line.split('\t');
    relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  return relevant;
}

/** Figures over queries with their ranked documents and the relevant ones. */
export function measure(results: readonly { ranked: readonly string[]; relevant: ReadonlySet<string> }[]): Figures {
  const mean = (of: (result: (typeof results)[number]) => number) =>
    Math.round((results.reduce((sum, result) => sum + of(result), 0) / results.length) * 1000) / 1000;
  const place = ({ ranked, relevant }: (typeof results)[number]) => ranked.findIndex((id) => relevant.has(id)) + 1;
  const within = (most: number) => mean((result) => (place(result) > 0 && place(result) <= most ? 1 : 0));
  return {
    'R@1': within(1),
    'R@5': within(5),
    'R@10': within(10),
    MRR: mean((result) => (place(result) === 0 ? 0 : 1 / place(result))),
    'nDCG@10': mean(({ ranked, relevant }) => {
      const gain = (hits: readonly boolean[]) =>
        hits.reduce((sum, hit, index) => sum + (hit ? 1 / Math.log2(index + 2) : 0), 0);
      const ideal = gain(Array(Math.min(10, relevant.size)).fill(true));
      return ideal === 0 ? 0 : gain(ranked.slice(0, 10).map((id) => relevant.has(id))) / ideal;
    }),
  };
}
