/** What the costs of language models can be summed up by. */
export const COST_GROUPS = ['day', 'model', 'agent', 'assessment'] as const;
export type CostGroup = (typeof COST_GROUPS)[number];
