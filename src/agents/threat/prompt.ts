import { OUTPUT_RULES } from '../writing/prompt-rules.ts';

/** Raised with every change of the text or the schema: answers of another version are not reused. */
export const THREAT_PROMPT_VERSION = 'threat/1';

/** What the threat agent asks a model to write, and where it goes. */
export const THREAT_INSTRUCTIONS = `Write threat narratives for security managers and defenders. For each finding write, from its numbered evidence only:
- threat, 2 or 3 sentences: whether and since when it is exploited, how an attacker would use it (ATT&CK techniques), how likely that is.
A technique from a model is a likelihood, not an observation.
${OUTPUT_RULES}`;

/** The fields that the threat agent writes. */
export const THREAT_FIELDS = ['threat'] as const;
