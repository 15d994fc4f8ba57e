import type { VexStatement } from '../../../domain/finding/sighting.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt } from '../../reports/values.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';

/** Objects inside one another that are searched for alerts. */
const MOST_DEPTH = 6;
/** Entries of a list of repositories that are searched for alerts to recognise the document. */
const SEARCHED = 100;

/** GitHub's Dependabot alerts: GraphQL (`vulnerabilityAlerts` of repositories) and REST (`/dependabot/alerts`). */
export const GITHUB_ALERTS: JsonFormat = {
  kind: 'json',
  name: 'GitHub Dependabot alerts',
  large: null,
  matches: (document) =>
    Array.isArray(document)
      ? at(document[0], 'security_advisory') !== undefined && at(document[0], 'dependency') !== undefined
      : findAlerts(at(document, 'data'), SEARCHED).length > 0,
  *read(document) {
    if (Array.isArray(document)) {
      for (const [index, alert] of document.entries()) yield readRest(alert, `/${index}`);
      return;
    }
    for (const { alerts, pointer } of findAlerts(at(document, 'data'))) {
      for (const [index, alert] of alerts.entries()) yield readGraph(alert, `${pointer}/${index}`);
    }
  },
};

interface Alerts {
  readonly alerts: readonly unknown[];
  readonly pointer: string;
}

/** Queries nest repositories as they please. */
function findAlerts(data: unknown, most = Number.POSITIVE_INFINITY): Alerts[] {
  const found: Alerts[] = [];
  const search = (value: unknown, pointer: string, depth: number) => {
    if (depth > MOST_DEPTH) return;
    for (const [name, inner] of Object.entries(fieldsOf(value))) {
      const here = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (name === 'vulnerabilityAlerts') found.push({ alerts: listAt(inner, 'nodes'), pointer: `${here}/nodes` });
      else if (Array.isArray(inner)) {
        for (const [index, entry] of inner.slice(0, most).entries()) search(entry, `${here}/${index}`, depth + 1);
      } else search(inner, here, depth + 1);
    }
  };
  search(data, '/data', 0);
  return found;
}

function readGraph(alert: unknown, position: string): ReportItem {
  const vulnerability = at(alert, 'securityVulnerability');
  const advisory = at(vulnerability, 'advisory');
  return toFinding(
    {
      ids: listAt(advisory, 'identifiers').map((one) => at(one, 'value')),
      component: toComponent({
        name: textAt(vulnerability, 'package', 'name'),
        // Only what is pinned is a version; "~> 1.2" is a wish.
        installedVersion: /^=\s*(\S+)$/.exec(textAt(alert, 'vulnerableRequirements') ?? '')?.[1] ?? null,
        fixedVersion: textAt(vulnerability, 'firstPatchedVersion', 'identifier'),
      }),
      position,
      tool: 'Dependabot',
      severity: textAt(vulnerability, 'severity'),
      vex: toVex({
        state: textAt(alert, 'state'),
        reason: textAt(alert, 'dismissReason'),
        comment: textAt(alert, 'dismissComment'),
        at: firstText(at(alert, 'fixedAt'), at(alert, 'dismissedAt')),
      }),
      reported: toReported({
        title: textAt(advisory, 'summary'),
        description: textAt(advisory, 'description'),
        cvssVectors: vectorsOf([at(advisory, 'cvss', 'vectorString')]),
        cwes: toCwes(listAt(advisory, 'cwes', 'nodes').map((cwe) => at(cwe, 'cweId'))),
      }),
    },
    at(advisory, 'summary'),
  );
}

function readRest(alert: unknown, position: string): ReportItem {
  const advisory = at(alert, 'security_advisory');
  const vulnerability = at(alert, 'security_vulnerability');
  const identifiers = listAt(advisory, 'identifiers').map((one) => at(one, 'value'));
  return toFinding(
    {
      ids: [at(advisory, 'ghsa_id'), at(advisory, 'cve_id'), ...identifiers],
      component: toComponent({
        name: firstText(at(alert, 'dependency', 'package', 'name'), at(vulnerability, 'package', 'name')),
        fixedVersion: textAt(vulnerability, 'first_patched_version', 'identifier'),
      }),
      position,
      tool: 'Dependabot',
      severity: firstText(at(vulnerability, 'severity'), at(advisory, 'severity')),
      vex: toVex({
        state: textAt(alert, 'state'),
        reason: textAt(alert, 'dismissed_reason'),
        comment: textAt(alert, 'dismissed_comment'),
        at: firstText(at(alert, 'fixed_at'), at(alert, 'dismissed_at')),
      }),
      reported: toReported({
        title: textAt(advisory, 'summary'),
        description: textAt(advisory, 'description'),
        cvssVectors: vectorsOf([at(advisory, 'cvss', 'vector_string')]),
        cwes: toCwes(listAt(advisory, 'cwes').map((cwe) => at(cwe, 'cwe_id'))),
      }),
    },
    at(advisory, 'summary'),
  );
}

function vectorsOf(values: readonly unknown[]): string[] {
  return values.flatMap((value) => firstText(value) ?? []);
}

/** What was decided of an alert; a risk that is borne is none of VEX's statements. */
function toVex(decision: {
  readonly state: string | null;
  readonly reason: string | null;
  readonly comment: string | null;
  readonly at: string | null;
}): VexStatement | null {
  const [state, reason] = [decision.state?.toLowerCase(), decision.reason?.toLowerCase()];
  const isUnaffected = state === 'dismissed' && (reason === 'inaccurate' || reason === 'not_used');
  if (state !== 'fixed' && !isUnaffected) return null;
  return {
    status: isUnaffected ? 'not_affected' : 'fixed',
    justification: isUnaffected ? (reason ?? null) : null,
    detail: decision.comment,
    author: null,
    at: decision.at,
  };
}
