/** What leaves out what follows it, or says that nothing is left to do there ("fixed on"), to the end of its clause: "… but not the build servers, …". Of a name (`web-1.example.org`) a point is a part. */
const EXCLUSION =
  /\b(?:(?:but\s+)?not|(?:is|are|was|were|do|does)n['\u2019]t|(?:all|any|every|everything|everywhere|anywhere)(?:\s+\p{L}+)?\s+but|minus|save\s+for|(?:fixed|patched|mended|mitigated|remediated|resolved)(?:\s+already)?\s+(?:on|in|at|for)|except(?:ing)?(?:\s+for)?|excluding|excepted|without|other\s+than|apart\s+from|aside\s+from|leave\s+out|ignore|skip)\b\s+((?:(?!\s+but\s|[.!?](?:\s|$))[^,;()])+)/giu;

/** A sentence in two. */
export interface Exclusions {
  /** The sentence without what it leaves out. */
  readonly wanted: string;
  /** What it leaves out, in its words. */
  readonly excluded: readonly string[];
}

/** Tells what a sentence leaves out from what it asks for. */
export function readExclusions(sentence: string): Exclusions {
  const excluded: string[] = [];
  const wanted = sentence.replace(EXCLUSION, (_, what: string) => {
    excluded.push(what.trim());
    return ' ; ';
  });
  return { wanted, excluded };
}
