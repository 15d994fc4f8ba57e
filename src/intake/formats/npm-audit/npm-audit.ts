import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';
import { findVulnerabilityIds, toCwes, withDatabase } from '../../reports/vulnerability-ids.ts';

/** `npm audit --json`: report version 2 (npm 7 and later), and the advisories of npm 6, which pnpm writes as well. */
export const NPM_AUDIT: JsonFormat = {
  kind: 'json',
  name: 'npm audit',
  large: null,
  matches: (document) =>
    at(document, 'auditReportVersion') !== undefined ||
    (at(document, 'advisories') !== undefined &&
      at(document, 'actions') !== undefined &&
      at(document, 'metadata') !== undefined),
  *read(document) {
    const vulnerabilities = at(document, 'vulnerabilities');
    const packages = fieldsOf(vulnerabilities);
    if (vulnerabilities !== undefined && packages !== vulnerabilities) {
      yield {
        kind: 'unreadable',
        position: '/vulnerabilities',
        what: 'is no object of packages, and nothing of it can be read',
      };
    }
    for (const [name, entry] of Object.entries(packages)) {
      const position = `/vulnerabilities/${escaped(name)}`;
      for (const [index, via] of listAt(entry, 'via').entries()) {
        // A text names another package of the report, through which this one is affected.
        if (typeof via === 'object') yield readVia(via, entry, `${position}/via/${index}`);
      }
      if (!leadsToAdvisory(name, packages)) yield { kind: 'no-id', position, what: name };
    }
    for (const [key, advisory] of Object.entries(fieldsOf(at(document, 'advisories')))) {
      yield* readAdvisory(advisory, `/advisories/${escaped(key)}`);
    }
  },
};

/** Whether a package has an advisory, or one through which it is affected has: reports that were cut to some packages leave those out. */
function leadsToAdvisory(name: string, packages: Readonly<Record<string, unknown>>): boolean {
  const seen = new Set([name]);
  for (const one of seen) {
    const vias = Object.hasOwn(packages, one) ? listAt(packages[one], 'via') : [];
    if (vias.some((via) => typeof via === 'object')) return true;
    for (const via of vias) if (typeof via === 'string') seen.add(via);
  }
  return false;
}

/** A name as part of a JSON pointer (RFC 6901, section 3). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function readVia(via: unknown, entry: unknown, position: string): ReportItem {
  const name = firstText(at(via, 'dependency'), at(via, 'name'), at(entry, 'name'));
  const fix = at(entry, 'fixAvailable');
  return toFinding(
    {
      ids: idsOf(via, firstText(at(via, 'source'))),
      // The fix is a version of what the project itself depends on, which may be another package.
      component: toComponent({ name, fixedVersion: textAt(fix, 'name') === name ? textAt(fix, 'version') : null }),
      position,
      tool: 'npm audit',
      severity: textAt(via, 'severity'),
      reported: toReported({
        title: textAt(via, 'title'),
        cvssVectors: textsOf(at(via, 'cvss', 'vectorString')),
        cwes: toCwes(listAt(via, 'cwe')),
      }),
    },
    at(via, 'title'),
  );
}

/** A finding for each version that is installed. */
function* readAdvisory(advisory: unknown, position: string): Generator<ReportItem> {
  const versions = [...new Set(listAt(advisory, 'findings').map((one) => textAt(one, 'version')))];
  for (const installedVersion of versions.length === 0 ? [null] : versions) {
    yield toFinding(
      {
        ids: idsOf(advisory, textAt(advisory, 'id')),
        component: toComponent({
          name: textAt(advisory, 'module_name'),
          installedVersion,
          fixedVersion: textAt(advisory, 'patched_versions'),
        }),
        position,
        tool: 'npm audit',
        severity: textAt(advisory, 'severity'),
        reported: toReported({
          title: textAt(advisory, 'title'),
          description: textAt(advisory, 'overview'),
          cvssVectors: textsOf(at(advisory, 'cvss', 'vectorString')),
          cwes: toCwes(listAt(advisory, 'cwe')),
        }),
      },
      at(advisory, 'title'),
    );
  }
}

/** What the advisory or its address names; without either, npm's number of it. */
function idsOf(advisory: unknown, number: string | null): string[] {
  const ids = [...textsOf(at(advisory, 'cves')), ...textsOf(at(advisory, 'github_advisory_id'))];
  const named = [...ids, ...findVulnerabilityIds(textAt(advisory, 'url') ?? '')];
  return named.length > 0 ? named : textsOf(withDatabase(number, 'npm'));
}
