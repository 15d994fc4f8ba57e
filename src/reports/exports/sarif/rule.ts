import type { Finding, RiskLevel } from '../../../domain/assessment/finding-schema.ts';
import { present } from '../json-text.ts';
import { inertLine, inertText, shownAliases } from '../safe-text.ts';
import { signedText } from '../signed-text.ts';
import { vulnerabilityUrl } from '../vulnerability-url.ts';

/** SARIF's levels (section 3.27.10) for ERAS' own. */
const LEVELS: Readonly<Record<RiskLevel, string>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'note',
};

/** A finding's level; `none` where there is nothing to judge. */
export function toLevel({ risk }: Finding): string {
  return risk.level === null ? 'none' : LEVELS[risk.level];
}

/**
 * A vulnerability as a rule. `security-severity` is the CVSS base score, which GitHub code scanning makes its own severity of; without a
 * score there is none. Other ids of the vulnerability are tags.
 */
export function toRule(finding: Finding): unknown {
  const { vulnerabilityId, aliases, title, description, narrative, cvss, cwes, kevStatus } = finding;
  const others = shownAliases(aliases);
  const help = [narrative.summary, narrative.threat, narrative.remediation].map((text) =>
    signedText(text, narrative, 4000),
  );
  return present({
    id: inertLine(vulnerabilityId, 200),
    shortDescription: { text: inertLine(title) || inertLine(vulnerabilityId) },
    fullDescription:
      description === null || inertText(description) === '' ? null : { text: inertText(description, 4000) },
    help: { text: help.filter((text) => text !== '').join('\n\n') || 'Nothing more is known of it.' },
    helpUri: vulnerabilityUrl(vulnerabilityId),
    defaultConfiguration: { level: toLevel(finding) },
    properties: present({
      'security-severity': cvss === null ? null : cvss.baseScore.toFixed(1),
      tags: [
        'security',
        'vulnerability',
        ...cwes.flatMap((cwe) => (/^CWE-\d+$/.test(cwe) ? [`external/cwe/${cwe.toLowerCase()}`] : [])),
        ...(kevStatus === 'listed' ? ['kev'] : []),
        ...others,
      ].filter((tag, index, all) => all.indexOf(tag) === index),
      aliases: others,
      cwes: cwes.map((cwe) => inertLine(cwe, 50)),
      cvss: cvss === null ? null : toCvss(cvss),
    }),
  });
}

/** What is the same on every asset: an environmental score is the result's. */
function toCvss({ version, baseScore, severity, vector, source }: NonNullable<Finding['cvss']>): unknown {
  return { version, baseScore, severity, vector: inertLine(vector, 300), source: inertLine(source, 200) };
}
