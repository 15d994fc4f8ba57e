import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLabelledTexts } from '../../src/adapters/sqlite/labelled-texts.ts';
import { identifyTechniques, type LabelledText, rankTechniques } from '../../src/knowledge/identify-technique.ts';
import { type Figures, measure, readQueries, readRelevant } from '../support/retrieval-figures.ts';
import { describeWithTestData, readTestJsonLines } from '../support/test-data.ts';

interface Baseline {
  readonly figures: Readonly<Record<string, Figures>>;
  /** Shares of texts that no technique is named for. */
  readonly noneFits: Readonly<Record<string, number>>;
}

const BASELINE: Baseline = JSON.parse(readFileSync(join(import.meta.dirname, 'technique.baseline.json'), 'utf8'));
/** Nothing here depends on the processor: a figure that moves was moved by a change. */
const TOLERANCE = 0.001;

interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly relevant: ReadonlySet<string>;
  /** What it was taken from. */
  readonly from: string;
}

describeWithTestData('which technique a text describes', () => {
  const corpus = readTestJsonLines('rag_eval/corpus_attack_techniques.jsonl.gz') as {
    readonly _id: string;
    readonly title: string;
    readonly text: string;
  }[];
  const descriptions = corpus.map(
    ({ _id, title, text }): LabelledText => ({ techniqueId: _id, title, text, kind: 'description' }),
  );
  const read = (set: string): Labelled[] => {
    const relevant = readRelevant(set);
    return readQueries(set).map(({ _id, text, metadata }) => ({
      id: _id,
      text,
      relevant: relevant.get(_id) ?? new Set(),
      from: metadata?.['doc_title'] ?? metadata?.['actor_or_software'] ?? '',
    }));
  };
  const sentences = read('tram_sentences');
  const procedures = read('attack_procedures');
  // Those at even places tuned, and are examples; the others are asked.
  const even = (all: readonly Labelled[]) => all.filter((_, place) => place % 2 === 0);
  const odd = (all: readonly Labelled[]) => all.filter((_, place) => place % 2 === 1);
  const half = (all: readonly Labelled[]) => ({ examples: even(all), asked: odd(all) });
  // No example is out of a report, or about a program, that is asked about.
  const bySource = (all: readonly Labelled[]) => {
    const sources = [...new Set(all.map(({ from }) => from))].sort();
    const known = new Set(sources.filter((_, place) => place % 2 === 0));
    return { examples: all.filter(({ from }) => known.has(from)), asked: all.filter(({ from }) => !known.has(from)) };
  };

  it.each([
    ['sentences, descriptions only', { examples: [], asked: odd(sentences) }],
    ['sentences, examples of the other half', half(sentences)],
    ['sentences, examples of other reports', bySource(sentences)],
    ['procedures, descriptions only', { examples: [], asked: odd(procedures) }],
    ['procedures, examples of the other half', half(procedures)],
    ['procedures, examples of other programs and groups', bySource(procedures)],
  ] as const)('%s', (name, { examples, asked }) => {
    const { labelled, index } = open(examples, asked);
    const figures = measure(
      asked.map(({ text, relevant }) => ({
        ranked: rankTechniques(text, labelled, index).map(({ techniqueId }) => techniqueId),
        relevant,
      })),
    );
    index.close();
    process.stdout.write(`${name}, ${asked.length} asked: ${JSON.stringify(figures)}\n`);
    for (const [figure, value] of Object.entries(BASELINE.figures[name] ?? { none: 1 }))
      expect(figures[figure as keyof Figures], figure).toBeGreaterThanOrEqual(value - TOLERANCE);
  });

  it('no technique fits what is about something else', () => {
    const asked = [...odd(sentences), ...odd(procedures)];
    const { labelled, index } = open([...even(sentences), ...even(procedures)], asked);
    const shareOfNone = (texts: readonly string[]) => {
      const none = texts.filter((text) => identifyTechniques(text, labelled, index).length === 0);
      return Math.round((1000 * none.length) / texts.length) / 1000;
    };
    const shares = {
      sentences: shareOfNone(odd(sentences).map(({ text }) => text)),
      procedures: shareOfNone(odd(procedures).map(({ text }) => text)),
      'sentences about something else': shareOfNone(otherSentences()),
    };
    index.close();
    process.stdout.write(`none fits: ${JSON.stringify(shares)}\n`);
    expect(shares.sentences).toBeLessThanOrEqual((BASELINE.noneFits['sentences'] ?? 0) + TOLERANCE);
    expect(shares.procedures).toBeLessThanOrEqual((BASELINE.noneFits['procedures'] ?? 0) + TOLERANCE);
    const others = BASELINE.noneFits['sentences about something else'] ?? 1;
    expect(shares['sentences about something else']).toBeGreaterThanOrEqual(others - TOLERANCE);
  });

  /** A text that is asked is never among the examples, in whatever letters. */
  function open(examples: readonly Labelled[], asked: readonly Labelled[]) {
    const taboo = new Set(asked.map(({ text }) => lettersOf(text)));
    const rows = examples.filter(({ text }) => !taboo.has(lettersOf(text)));
    const labelled = [
      ...descriptions,
      ...rows.flatMap(({ text, relevant }) =>
        [...relevant].map((techniqueId): LabelledText => ({ techniqueId, title: '', text, kind: 'example' })),
      ),
    ];
    return { labelled, index: createLabelledTexts(labelled) };
  }
});

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Sentences on how to decide about vulnerabilities: the field's words, and nothing that an attacker does. */
function otherSentences(): string[] {
  const folder = join(process.env['ERAS_TEST_DATA'] ?? '', 'docs/markdown');
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\n\n+/))
    .flatMap((paragraph) =>
      paragraph
        .replace(/[#*`[\]()>|]/g, ' ')
        .replace(/\s+/g, ' ')
        .split(/(?<=[.!?]) /),
    )
    .map((sentence) => sentence.trim())
    .filter(
      (text) => text.length > 40 && text.length < 250 && /^[A-Z].*\.$/.test(text) && !/attack|exploit/i.test(text),
    );
}
