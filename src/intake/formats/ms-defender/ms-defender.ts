import { toComponent, toFinding, toHost, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, JsonLinesFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/**
 * Replies of Microsoft Defender Vulnerability Management's API: vulnerabilities by machine and software (with either family of field names), and
 * the list of vulnerabilities. Its list of machines names none.
 */
export const MS_DEFENDER: JsonFormat = {
  kind: 'json',
  name: 'Microsoft Defender',
  large: 'value',
  matches: (document) => {
    const context = textAt(document, '@odata.context');
    if (context === null || !Array.isArray(at(document, 'value'))) return false;
    return (
      /securitycenter\.(?:windows|microsoft)\.com|security\.microsoft\.com/i.test(context) || isKnownEntry(document)
    );
  },
  *read(document, { offset }) {
    for (const [index, entry] of listAt(document, 'value').entries()) {
      if (!('computerDnsName' in fieldsOf(entry))) yield readEntry(entry, `/value/${offset + index}`);
    }
  },
};

/**
 * Files of Defender's export "via files": an object a line, a vulnerability of software on a device, with names in either case (`CveId`, `cveId`).
 */
export const MS_DEFENDER_LINES: JsonLinesFormat = {
  kind: 'json-lines',
  name: 'Microsoft Defender export',
  matches: (first) => {
    const entry = inLowerCase(first);
    return (
      'cveid' in entry && 'deviceid' in entry && ('softwarename' in entry || 'vulnerabilityseveritylevel' in entry)
    );
  },
  *read(objects, { offset }) {
    for (const [index, object] of objects.entries()) {
      const entry = inLowerCase(object);
      const named = Object.fromEntries(FIELDS.map((field) => [field, entry[field.toLowerCase()]]));
      yield readEntry(named, `object ${offset + index + 1}`);
    }
  },
};

const FIELDS = [
  'cveId',
  'softwareName',
  'softwareVersion',
  'recommendedSecurityUpdate',
  'deviceName',
  'deviceId',
  'vulnerabilitySeverityLevel',
] as const;

function inLowerCase(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, field]) => [name.toLowerCase(), field]));
}

function isKnownEntry(document: unknown): boolean {
  const entry = fieldsOf(listAt(document, 'value')[0]);
  return (
    'cveId' in entry ||
    ('exposedMachines' in entry && 'cvssV3' in entry) ||
    ('computerDnsName' in entry && 'healthStatus' in entry)
  );
}

function readEntry(entry: unknown, position: string): ReportItem {
  return toFinding(
    {
      ids: [firstText(at(entry, 'cveId'), at(entry, 'name'), at(entry, 'id'))],
      component: toComponent({
        name: firstText(at(entry, 'productName'), at(entry, 'softwareName')),
        installedVersion: firstText(at(entry, 'productVersion'), at(entry, 'softwareVersion')),
        fixedVersion: firstText(at(entry, 'recommendedSecurityUpdate'), at(entry, 'fixingKbId')),
      }),
      // Without the machine's name, its id is what tells it from others.
      host: toHost(firstText(at(entry, 'deviceName'), at(entry, 'machineId'), at(entry, 'deviceId'))),
      position,
      tool: 'Microsoft Defender',
      severity: firstText(at(entry, 'severity'), at(entry, 'vulnerabilitySeverityLevel')),
      reported: toReported({
        description: textAt(entry, 'description'),
        cvssVectors: textsOf(at(entry, 'cvssVector')),
      }),
    },
    firstText(at(entry, 'name'), at(entry, 'id')),
  );
}
