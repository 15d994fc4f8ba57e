/** Words of a line may stand for one another where it is counted how much of a sentence a text has; words that decide what is said are held apart elsewhere. */
const LINES: readonly string[] = [
  'organization organisation company enterprise business firm',
  'vendor manufacturer supplier publisher',
  'release publish issue',
  'failed failing failure unsuccessful',
  'probability likelihood chance',
  'update refresh renew',
  'retain keep kept store stored preserve hold held save saved',
  'inform notify tell told alert',
  'department team unit group',
  'change replace modify alter',
  'review audit check examine inspect verify',
  'rehearse practise practice exercise test drill',
  'monitor watch observe track',
  'imply mean',
  'begin start commence',
  'use employ utilize utilise',
  'immediately soon quickly instantly promptly quick prompt',
  'estimate give gives gave given provide produce assign',
  'daily day',
  'annually annual yearly year',
  'weekly week',
  'monthly month',
  'nightly night',
  'flaw vulnerability weakness',
  'need require requirement required needed necessary',
  'deploy install drop roll',
  'typically usually generally commonly',
  'delete remove erase',
  'secure protect guard',
  'near close',
  'allow permit',
  'find detect discover identify',
  'person individual',
  'responsible charge accountable',
  'purchase buy acquire',
  'share exchange',
  'end finish conclude',
];

/** Brings a line's words to one of them. `stemOf`: what words are compared by. */
export function createSynonyms(stemOf: (word: string) => string): (stem: string) => string {
  const first = new Map(
    LINES.flatMap((line) => {
      const stems = line.split(' ').map(stemOf);
      return stems.map((stem) => [stem, stems[0] ?? stem] as const);
    }),
  );
  return (stem) => first.get(stem) ?? stem;
}
