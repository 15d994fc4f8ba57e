/** What leaves out what follows it, to the end of its clause: "… but not the build servers, …". Of a name (`web-1.example.org`) a point is a part. */
const EXCLUSION =
  /\b(?:(?:but\s+)?not|except(?:ing)?(?:\s+for)?|excluding|excepted|without|other\s+than|apart\s+from|aside\s+from|leave\s+out|ignore|skip)\b\s+((?:(?!\s+but\s|[.!?](?:\s|$))[^,;()])+)/giu;

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
