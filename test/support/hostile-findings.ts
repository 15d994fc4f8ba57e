import type { Finding } from '../../src/domain/assessment/finding-schema.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { reportFinding, reportOf } from './report-findings.ts';

/** A finding that says one text wherever a text from outside can be. */
function saying(text: string, index: number): Finding {
  const id = `CVE-2024-${2000 + index}`;
  const over: Partial<Finding> = {
    id: `${text.slice(0, 50)}${index}`,
    cveId: index % 2 === 0 ? id : null,
    vulnerabilityId: index % 2 === 0 ? id : `${text.slice(0, 50)}${index}`,
    aliases: [text],
    title: text,
    description: text,
    cwes: [text],
    affected: [{ vendor: text, product: text, versions: text }],
    asset:
      index % 3 === 0
        ? null
        : {
            id: `${text}${index}`,
            name: text,
            criticality: 5,
            exposure: 'open',
            environment: text,
            owner: text,
            dataSensitivity: null,
            controls: [],
            source: text,
          },
    component:
      index % 3 === 1 ? null : { purl: text, cpe: text, name: text, installedVersion: text, fixedVersion: text },
    evidence: [{ file: text, position: text, tool: text, severity: text }],
    vex: index % 4 === 0 ? { status: 'not_affected', justification: text, detail: text, author: text, at: text } : null,
    acceptance: {
      owner: text,
      reason: text,
      approver: text,
      acceptedAt: text,
      expiresAt: text,
      state: 'active',
    },
    narrative: { ...reportFinding().narrative, summary: text, threat: text, remediation: text },
    cvss: {
      version: '3.1',
      vector: text,
      baseScore: 5,
      severity: 'MEDIUM',
      source: text,
      environmental: { vector: text, score: 6, severity: 'MEDIUM' },
    },
    published: text,
    lastModified: text,
  };
  return reportFinding(over);
}

/** A finding for each hostile text. */
export const HOSTILE = HOSTILE_TEXTS.map(saying);

/** Hostile gaps, warnings and summary. */
export const HOSTILE_HEAD = {
  gaps: HOSTILE_TEXTS.map((text) => ({ cveId: 'CVE-2024-2000', source: text, reason: text })),
  warnings: [...HOSTILE_TEXTS],
  summary: { ...reportOf([]).head.summary, headline: HOSTILE_TEXTS.join(' '), text: HOSTILE_TEXTS.join(' ') },
};
