import type { VexStatement } from '../../../domain/finding/sighting.ts';
import {
  toComponent,
  toFinding,
  toFixedStatement,
  toReported,
  toSuppressedStatement,
} from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';
import { type AwsPlace, placesOfResources } from './resources.ts';

/** Amazon Inspector, version 2: `aws inspector2 list-findings` and its export to S3. */
export const AWS_INSPECTOR: JsonFormat = {
  kind: 'json',
  name: 'Amazon Inspector',
  large: 'findings',
  matches: (document) => {
    const first = fieldsOf(listAt(document, 'findings')[0]);
    return 'findingArn' in first && 'awsAccountId' in first;
  },
  *read(document, { offset }) {
    for (const [index, finding] of listAt(document, 'findings').entries()) {
      for (const place of placesOfResources(listAt(finding, 'resources'))) {
        yield* readFinding(finding, place, `/findings/${offset + index}`);
      }
    }
  },
};

/** A vulnerability in several packages is as many findings. */
function* readFinding(finding: unknown, place: AwsPlace, pointer: string): Iterable<ReportItem> {
  const details = at(finding, 'packageVulnerabilityDetails');
  const packages = listAt(details, 'vulnerablePackages');
  const common = {
    ...place,
    ids: [at(details, 'vulnerabilityId')],
    tool: 'Amazon Inspector',
    severity: textAt(finding, 'severity'),
    vex: statementOf(textAt(finding, 'status')),
    reported: toReported({
      title: textAt(finding, 'title'),
      description: textAt(finding, 'description'),
      cvssVectors: listAt(details, 'cvss').flatMap((score) => textsOf(at(score, 'scoringVector'))),
    }),
  };
  const what = firstText(at(finding, 'title'), at(finding, 'type'));
  if (packages.length === 0) yield toFinding({ ...common, position: pointer }, what);
  for (const [index, software] of packages.entries()) {
    const component = toComponent({
      name: textAt(software, 'name'),
      installedVersion: versionOf(software),
      fixedVersion: textAt(software, 'fixedInVersion'),
    });
    const position = `${pointer}/packageVulnerabilityDetails/vulnerablePackages/${index}`;
    yield toFinding({ ...common, component, position }, what);
  }
}

/** `ACTIVE`, `SUPPRESSED` (by a rule of the account) or `CLOSED` (mended, or the resource is gone). */
function statementOf(status: string | null): VexStatement | null {
  if (/^suppressed$/i.test(status ?? '')) {
    return toSuppressedStatement('It is suppressed in Amazon Inspector.', 'Amazon Inspector');
  }
  return toFixedStatement(status, 'Amazon Inspector');
}

function versionOf(software: unknown): string | null {
  const [version, release] = [textAt(software, 'version'), textAt(software, 'release')];
  return version === null || release === null ? version : `${version}-${release}`;
}
