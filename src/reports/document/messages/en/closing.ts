import { many } from './counting.ts';

/** English words of the register and what stands at the end. */
export const EN_CLOSING = {
  register: {
    caption: 'All findings, the most urgent first',
    columns: {
      level: 'Level',
      id: 'Id',
      title: 'What',
      where: 'Where',
      cvss: 'CVSS',
      epss: 'EPSS',
      kev: 'KEV',
      due: 'Due',
    },
    left: (count: number) =>
      `${many(count, 'more finding', 'more findings')}: not listed; the JSON and CSV formats have them.`,
    accepted: 'accepted',
    uncertain: 'a source could not be read: at its worst',
  },
  accepted: {
    none: 'No risk is accepted.',
    caption: 'Accepted risks; each ends on its day',
    risk: 'Risk',
    owner: 'Owner',
    approver: 'Approved by',
    reason: 'Reason',
    expires: 'Expires',
    state: 'State',
    states: { active: 'in force', expired: 'expired', to_review: 'to be reviewed' },
    overruled: 'in force, but CISA lists it as exploited, or may list it: the fix stays due',
    left: (count: number) => `${count} more are not listed.`,
  },
  gaps: {
    caption: 'What could not be read',
    none: 'There are no gaps: each source answered for each vulnerability.',
    source: 'Source',
    reason: 'Reason',
    count: 'Vulnerabilities',
    which: 'Which',
    unknownsCaption: 'Inputs that are not known; each is taken at its worst for the level and the date',
    unknownsNone: 'All inputs of the decisions are known.',
    name: 'Unknown',
    decides: 'Affects',
    findings: 'Findings',
    outcome: 'Outcome hangs on it',
    assumptions: 'Assumptions of the loss estimate',
    warnings: 'Warnings',
  },
  method: {
    intro:
      'Levels, dates and priorities are computed from the facts below by published tables and the constants listed; equal facts give equal results. A language model, where one is used, writes sentences only; each is checked against the evidence that it cites.',
    versions: 'Versions',
    eras: 'ERAS',
    schema: 'Schema of the assessment',
    assessment: 'Assessment',
    models: 'Language models',
    noModel: 'none',
    options: 'Options',
    constants: 'Tables and constants',
    name: 'What',
    value: 'Value',
    source: 'Source',
    levels: 'Level by score (likelihood × impact)',
    levelsValue: (critical: number, high: number, medium: number) =>
      `Critical from ${critical}, High from ${high}, Medium from ${medium}, else Low`,
    levelsSource: 'configuration in force when this report was made',
    limits: 'Extent of this report',
    limitsValue: (explained: number, listed: number) =>
      `${explained} vulnerabilities explained, ${listed} findings listed at most`,
  },
};
