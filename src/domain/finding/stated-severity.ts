/** How bad a tool or an advisory calls a vulnerability, in one of CVSS' words (v3.1 specification, section 5). */
export const STATED_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type StatedSeverity = (typeof STATED_SEVERITIES)[number];

/** Words of scanners, distributions and static analysers, by CVSS' word. Numbers are not read: scales differ, and some run the other way. */
const WORDS: Readonly<Record<StatedSeverity, RegExp>> = {
  critical: /^(?:critical|severe|urgent|blocker|very[ _-]?high)$/i,
  high: /^(?:high|important|serious|error|major)$/i,
  medium: /^(?:medium|moderate|warning|warn)$/i,
  low: /^(?:low|minor|minimal|negligible|note|info|information|informational|unimportant|none)$/i,
};

/** What a tool's word means; null for one that says nothing, such as `unknown`. */
export function parseStatedSeverity(word: string): StatedSeverity | null {
  return STATED_SEVERITIES.find((severity) => WORDS[severity].test(word.trim())) ?? null;
}

/** The worst that several words say; null where none says anything. */
export function worstStatedSeverity(words: readonly (string | null)[]): StatedSeverity | null {
  const said = words.map((word) => (word === null ? null : parseStatedSeverity(word)));
  return STATED_SEVERITIES.findLast((severity) => said.includes(severity)) ?? null;
}
