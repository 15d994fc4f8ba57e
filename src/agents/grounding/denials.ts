import { type Decided, isKnownActive } from './decided.ts';

const NEGATED =
  /\b(?:no(?! (?:later|more|less|fewer) than)|not|never|none|nobody|nothing|nowhere|without|nor|lacks?|lacking|neither|cannot|unable|\w+n['’]t)\b/i;
/** What denies without a "no": that attacks have ended, are few, or are somebody else's. */
const DENIED_OTHERWISE =
  /\b(?:zero|absent|missing from|outside (?:of )?(?:the|its|that)|escap\w* (?:the )?(?:attention|notice)|avoids?|avoided|unheard|untouched|intact|unharmed|unimpaired|spared|unrelated|free (?:of|from)|little interest|lost interest|(?:attacks?|exploitation|exploits?|campaigns?|groups?|actors?|attackers?)\b[^.;]{0,30}\b(?:stopped|ended|ceased|faded|subsided|fail(?:s|ed)?|is over|are over|impossible)|stopped (?:using|exploiting))\b/i;
/** A condition denies nothing: "if it cannot be patched at once, …". */
const CONDITION = /\b(?:if|unless|until)\b[^,.;]*/gi;
/** Where a denial can be carried by evidence, and what of it. */
const DENIALS: readonly {
  readonly words: RegExp;
  readonly isCarried: (decided: Decided, sentence: string) => boolean;
}[] = [
  {
    words:
      /\b(?:no|not|none|without)\b[^.;]{0,40}\b(?:known|list(?:s|ed)?|observed|reported|seen|exploit\w*|proof|ransomware)\b/i,
    isCarried: (decided, sentence) =>
      !isKnownActive(decided) && !/\b(?:fix|patch|update|version|workaround|mitigation)/i.test(sentence),
  },
  {
    words:
      /\b(?:no|not|without|nothing|neither|nor)\b[^.;]{0,40}\b(?:authenticat\w*|credentials?|privileges?|log-?in|account|permission\w*|but)\b/i,
    isCarried: ({ metrics, all }) => metrics.get('PR') === 'N' || /unauthenticated|without auth/.test(all),
  },
  {
    words: /\b(?:no|not|without|neither|nor)\b[^.;]{0,40}\b(?:interaction|click|victim)\b/i,
    isCarried: ({ metrics }) => metrics.get('UI') === 'N',
  },
  {
    words:
      /\b(?:could not|cannot) be (?:read|assessed|determined|established|scored)|\bnot (?:been )?(?:assessed|scored|known|read)\b/i,
    isCarried: ({ all }) => /could not|unknown|not known|incomplete/.test(all),
  },
  {
    words:
      /\b(?:does|do|did|is|are) not (?:properly|correctly|sufficiently|adequately|validat\w*|check\w*|restrict\w*|verif\w*|enforc\w*|saniti\w*|neutrali\w*|protect\w*)\b/i,
    isCarried: ({ all }) =>
      /\bnot\b|improper|missing|insufficient|fail|lack|incorrect|untrusted|inject|travers|scripting/.test(all),
  },
  {
    words: /\bno\b[^.;]{0,30}\bransomware\b/i,
    isCarried: ({ isRansomware }, sentence) => !isRansomware && !/exploit/i.test(sentence),
  },
  {
    words: /\b(?:cannot|not) (?:be )?(?:easily )?automat(?:ed|able)\b/i,
    isCarried: ({ automatable }) => automatable === 'no',
  },
  {
    words:
      /\b(?:data|confidentiality|integrity|availability)\b[^.;]{0,40}\b(?:not (?:be )?(?:affected|impacted|exposed|at risk|harmed)|untouched|intact|unharmed|unimpaired|spared)\b/i,
    isCarried: ({ metrics }, sentence) =>
      PROPERTIES.every(({ words, metric }) => !words.test(sentence) || metrics.get(metric) === 'N'),
  },
  {
    words: /\b(?:customers?|users?|staff|employees|partners)\b[^.;]{0,30}\b(?:unable|cannot|not be able)\b/i,
    isCarried: ({ metrics }) => /[LH]/.test(metrics.get('A') ?? metrics.get('VA') ?? ''),
  },
  {
    words: /\bno (?:fix(?:ed)?|patch(?:ed)?|update[ds]?|safe)\b[^.;]{0,20}\b(?:named|known|given|listed)\b/i,
    isCarried: ({ all }) => !/</.test(all),
  },
  {
    words: /\b(?:no|not)\b[^.;]{0,30}\bSSVC\b/i,
    isCarried: ({ technicalImpact }) => technicalImpact === null,
  },
  // A bound denies nothing.
  { words: /\bnot including\b/i, isCarried: () => true },
];
const PROPERTIES: readonly { readonly words: RegExp; readonly metric: string }[] = [
  { words: /\b(?:data|confidentiality)\b/i, metric: 'C' },
  { words: /\bintegrity\b/i, metric: 'I' },
  { words: /\bavailability\b/i, metric: 'A' },
];

/** Whether a sentence denies something outright. */
export function isDenial(sentence: string): boolean {
  const outright = sentence.replace(CONDITION, ' ');
  return NEGATED.test(outright) || DENIED_OTHERWISE.test(outright);
}

/** Why a denial does not stand; null where it is none, or evidence carries it. */
export function denialContradiction(sentence: string, isNegated: boolean, decided: Decided): string | null {
  if (!isNegated) return null;
  const isCarried = DENIALS.some((denial) => denial.words.test(sentence) && denial.isCarried(decided, sentence));
  return isCarried ? null : 'a denial that no evidence carries';
}
