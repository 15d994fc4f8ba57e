import { OUTPUT_RULES } from '../writing/prompt-rules.ts';

/** Raised with every change of the text or the schema: answers of another version are not reused. */
export const REPORT_PROMPT_VERSION = 'report/1';

/** What the report agent asks a model to write. */
export const REPORT_INSTRUCTIONS = `Write the executive summary of a risk assessment for whoever signs it, in 2 to 4 sentences (text), from the numbered evidence only: how bad it is, what comes first and by when, what is not known.
${OUTPUT_RULES}`;
