import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FORMATS } from '../../src/intake/formats/formats.ts';
import { GENERIC } from '../../src/intake/formats/generic/generic.ts';
import { findTable } from '../../src/intake/reports/read-csv.ts';
import { splitObjects } from '../../src/intake/reports/read-json-lines.ts';
import { readXml } from '../../src/intake/reports/read-xml.ts';
import type { ReportItem } from '../../src/intake/reports/report-format.ts';
import { openFile } from '../../src/intake/reports/text-source.ts';
import { countByFormat, guideLines } from '../support/format-counts.ts';
import { readItemsOfFile } from '../support/read-items.ts';
import { describeWithTestData, readTestData, TEST_DATA } from '../support/test-data.ts';

const FOLDER = 'scans/defectdojo';
const fileOf = (name: string) => join(TEST_DATA ?? '', FOLDER, name);

/**
 * Every real report of a scanner: its format, the distinct CVE ids, findings and hosts of findings, and entries without id. The numbers of CVE ids are those of
 * `NAMING` below. Findings and hosts were counted with other readers: jq (elements of the list of vulnerabilities, or of packages below them), Python's
 * ElementTree (`ReportItem` with `cve`; `test` whose status begins with "vulnerable" and whose definition has a CVE; `VULN_INFO` whose QID
 * has a CVE in the glossary), and Python's csv (rows whose column of ids names one).
 */
const REPORTS: readonly [
  file: string,
  format: string,
  cves: number,
  findings: number,
  hosts: number,
  withoutId: number,
][] = [
  ['anchore_grype/check_all_fields.json', 'Grype', 4, 6, 0, 0],
  ['anchore_grype/check_all_fields_different_ids_fabricated.json', 'Grype', 2, 1, 0, 0],
  ['anchore_grype/check_all_fields_no_ids_fabricated.json', 'Grype', 0, 1, 0, 0],
  ['anchore_grype/fix_available.json', 'Grype', 1, 1, 0, 0],
  ['anchore_grype/issue_9618.json', 'Grype', 20, 35, 0, 0],
  ['anchore_grype/issue_9942.json', 'Grype', 1, 1, 0, 0],
  ['anchore_grype/many_vulns.json.gz', 'Grype', 388, 1509, 0, 0],
  ['anchore_grype/many_vulns3.json.gz', 'Grype', 259, 327, 0, 0],
  ['anchore_grype/many_vulns4.json', 'Grype', 9, 9, 0, 0],
  ['anchore_grype/no_vuln.json', 'Grype', 0, 0, 0, 0],
  ['anchore_grype/same_cve_different_paths.json', 'Grype', 1, 2, 0, 0],
  ['asff/one_vuln.json', 'AWS Security Finding Format', 1, 2, 1, 0],
  ['asff/prowler-output.asff.json.gz', 'AWS Security Finding Format', 0, 0, 0, 290],
  [
    'asff/guardduty/Unusual Behaviors-User-Persistence IAMUser-NetworkPermissions.json',
    'AWS Security Finding Format',
    0,
    0,
    0,
    1,
  ],
  ['aws_inspector2/aws_inspector2_one_vul.json', 'Amazon Inspector', 1, 1, 0, 0],
  ['aws_inspector2/aws_inspector2_package_vuln_metadata.json', 'Amazon Inspector', 27, 30, 0, 1],
  ['aws_inspector2/aws_inspector2_package_vuln_metadata_multi_cwe_fabricated.json', 'Amazon Inspector', 2, 3, 0, 1],
  ['awssecurityhub/config_many_findings.json', 'AWS Security Finding Format', 0, 0, 0, 0],
  ['awssecurityhub/config_multiple_resources.json', 'AWS Security Finding Format', 0, 0, 0, 2],
  ['awssecurityhub/config_one_finding_active.json', 'AWS Security Finding Format', 0, 0, 0, 1],
  ['awssecurityhub/guardduty.json', 'AWS Security Finding Format', 0, 0, 0, 4],
  ['awssecurityhub/inspector_ec2_cve_no_vulnerabilities.json', 'AWS Security Finding Format', 1, 1, 1, 0],
  ['awssecurityhub/inspector_ec2_ghsa.json', 'AWS Security Finding Format', 1, 1, 1, 0],
  ['awssecurityhub/inspector_ecr.json', 'AWS Security Finding Format', 7, 12, 0, 0],
  ['awssecurityhub/issue_10956.json', 'AWS Security Finding Format', 1, 1, 1, 0],
  ['burp/one_finding_with_blank_response.xml', 'Burp Suite', 0, 0, 0, 1],
  ['burp/one_finding_with_cwe.xml', 'Burp Suite', 0, 0, 0, 0],
  ['burp/seven_findings.xml', 'Burp Suite', 0, 0, 0, 7],
  ['ms_defender/report_no_vuln.json', 'Microsoft Defender', 0, 0, 0, 0],
  ['nexpose/dns.xml', 'Nexpose', 0, 0, 0, 5],
  ['nexpose/many_vulns.xml.gz', 'Nexpose', 4, 9, 4, 153],
  ['nexpose/no_vuln.xml', 'Nexpose', 0, 0, 0, 1],
  ['nmap/issue4406.xml', 'Nmap', 8, 8, 1, 0],
  ['nmap/nmap_1port.xml', 'Nmap', 0, 0, 0, 0],
  ['nmap/nmap_multiple_port.xml', 'Nmap', 0, 0, 0, 0],
  ['nmap/nmap_script_vulners.xml', 'Nmap', 2, 2, 1, 0],
  ['nuclei/invalid_cwe.json', 'Nuclei', 0, 0, 0, 0],
  ['nuclei/issue_14071.json.gz', 'Nuclei', 0, 0, 0, 4],
  ['nuclei/issue_9201.json', 'Nuclei', 0, 0, 0, 0],
  ['nuclei/many_findings.json', 'Nuclei', 0, 0, 0, 2],
  ['nuclei/many_findings_new.json', 'Nuclei', 1, 1, 1, 1],
  ['nuclei/multiple_matches.json', 'Nuclei', 0, 0, 0, 0],
  ['openvas/many_vuln.xml', 'OpenVAS', 46, 23, 1, 21],
  ['openvas/no_vuln.xml', 'OpenVAS', 0, 0, 0, 0],
  ['openvas/one_vuln.csv', 'OpenVAS', 0, 0, 0, 1],
  ['openvas/one_vuln.xml', 'OpenVAS', 12, 1, 1, 0],
  ['openvas/report_detail_v2.csv', 'OpenVAS', 93, 1, 1, 0],
  ['openvas/report_detail_v2.xml', 'OpenVAS', 93, 1, 1, 0],
  ['openvas/report_using_openVAS.csv', 'OpenVAS', 0, 0, 0, 1],
  ['qualys/Qualys_Sample_Report.xml.gz', 'Qualys', 51, 48, 7, 45],
  ['qualys/empty.xml', 'Qualys', 0, 0, 0, 0],
  ['qualys/monthly_pci_issue6932.csv', 'Qualys PCI', 0, 0, 0, 1],
  ['qualys_vmdr/many_vulns_cve.csv', 'Qualys', 5, 5, 5, 0],
  ['qualys_vmdr/no_vuln_cve.csv', 'Qualys', 0, 0, 0, 0],
  ['qualys_vmdr/no_vuln_qid.csv', 'Qualys', 0, 0, 0, 0],
  ['qualys_vmdr/one_vuln_cve.csv', 'Qualys', 1, 1, 1, 0],
  ['qualys_vmdr/one_vuln_qid.csv', 'Qualys', 0, 0, 0, 1],
  ['sysdig_reports/sysdig-2025.csv', 'Sysdig', 4, 6, 0, 0],
  ['sysdig_reports/sysdig-2025.json', 'Sysdig', 3, 6, 0, 0],
  ['sysdig_reports/sysdig.json', 'Sysdig', 72, 207, 0, 0],
  ['sysdig_reports/sysdig_reports_empty_with_error.csv', 'Sysdig', 0, 0, 0, 1],
  ['sysdig_reports/sysdig_reports_not_starting_with_cve.csv', 'Sysdig', 0, 0, 0, 1],
  ['sysdig_reports/sysdig_reports_zero_vul.csv', 'Sysdig', 0, 0, 0, 0],
  ['tenable/issue_11102.csv', 'Tenable Security Center', 1, 3, 2, 0],
  ['tenable/tenable_many_vuln.csv', 'Nessus', 18, 20, 3, 0],
  ['tenable/nessus/issue_6992.nessus.gz', 'Nessus', 0, 0, 0, 1],
  ['tenable/nessus/nessus-template.csv', 'Nessus', 5, 5, 2, 0],
  ['tenable/nessus/nessus_many_vuln.csv', 'Tenable Security Center', 3, 2, 2, 2],
  ['tenable/nessus/nessus_many_vuln2-default.csv', 'Nessus', 1, 1, 1, 1],
  ['tenable/nessus/nessus_new.csv', 'Tenable Vulnerability Management', 38, 50, 50, 49],
  ['tenable/nessus/nessus_v_unknown.xml.gz', 'Nessus', 1, 7, 7, 23],
  ['tenable/nessus/nessus_with_cvssv3.nessus.gz', 'Nessus', 136, 19, 1, 8],
  ['tenable/nessus_was/nessus_was_many_vuln.csv', 'Nessus', 0, 0, 0, 4],
  ['tenable/nessus_was/nessus_was_no_vuln.csv', 'Nessus', 0, 0, 0, 0],
  ['tenable/nessus_was/nessus_was_no_vuln.xml', 'Nessus', 0, 0, 0, 0],
  ['tenable/nessus_was/nessus_was_one_vuln.csv', 'Nessus', 0, 0, 0, 1],
  ['threagile/risks.json', 'Threagile', 0, 0, 0, 6],
  ['threat_composer/threat_composer_broken_assumptions.json', 'Threat Composer', 0, 0, 0, 1],
  ['threat_composer/threat_composer_broken_mitigations.json', 'Threat Composer', 0, 0, 0, 1],
  ['threat_composer/threat_composer_many_threats.json', 'Threat Composer', 0, 0, 0, 21],
  ['threat_composer/threat_composer_no_threats_with_error.json', 'Threat Composer', 0, 0, 0, 0],
  ['trivy/issue_10991.json', 'Trivy', 0, 0, 0, 37],
  ['trivy/issue_9092.json', 'Trivy', 1, 1, 0, 0],
  ['trivy/issue_9263.json', 'Trivy', 1, 1, 0, 0],
  ['trivy/issue_9333.json', 'Trivy', 12, 13, 0, 0],
  ['trivy/kubernetes.json', 'Trivy', 5, 10, 0, 10],
  ['trivy/kubernetes_fabricated_internal_duplicates.json', 'Trivy', 4, 7, 0, 6],
  ['trivy/kubernetes_fabricated_internal_duplicates_subset.json', 'Trivy', 2, 4, 0, 1],
  ['trivy/legacy_many_vulns.json', 'Trivy', 55, 93, 0, 0],
  ['trivy/legacy_trivy_mix.json', 'Trivy', 6, 6, 0, 1],
  ['trivy/license_scheme.json', 'Trivy', 0, 0, 0, 0],
  ['trivy/misconfigurations_and_secrets.json', 'Trivy', 2, 2, 0, 3],
  ['trivy/scheme_2_many_vulns.json', 'Trivy', 5, 5, 0, 0],
  ['trivy/severity_prio.json', 'Trivy', 2, 2, 0, 0],
  ['trivy_operator/cis_benchmark.json.gz', 'Trivy Operator', 0, 0, 0, 795],
  ['trivy_operator/clustercompliancereport.json', 'Trivy Operator', 0, 0, 0, 2],
  ['trivy_operator/configauditreport_missing_checkid.json', 'Trivy Operator', 0, 0, 0, 1],
  ['trivy_operator/configauditreport_single_vuln.json', 'Trivy Operator', 0, 0, 0, 1],
  ['trivy_operator/exposedsecretreport_many.json', 'Trivy Operator', 0, 0, 0, 2],
  ['trivy_operator/exposedsecretreport_no_vuln.json', 'Trivy Operator', 0, 0, 0, 0],
  ['trivy_operator/exposedsecretreport_single_vuln.json', 'Trivy Operator', 0, 0, 0, 1],
  ['trivy_operator/findings_in_list.json', 'Trivy Operator', 2, 5, 0, 13],
  ['trivy_operator/vulnerabilityreport_extended.json', 'Trivy Operator', 2, 5, 0, 0],
  ['trivy_operator/vulnerabilityreport_many.json', 'Trivy Operator', 31, 41, 0, 0],
  ['trivy_operator/vulnerabilityreport_single_vuln.json', 'Trivy Operator', 1, 1, 0, 0],
  ['wazuh/v4-7_no_findings.json', 'Wazuh', 0, 0, 0, 0],
  ['wazuh/v4-7_one_finding.json', 'Wazuh', 1, 1, 0, 0],
  ['wazuh/v4-8_many_findings.json', 'Wazuh', 4, 10, 2, 0],
  ['wazuh/wazuh_abnormal_severity.json', 'Wazuh', 1, 1, 1, 0],
  ['wiz/multiple_findings.csv.gz', 'Wiz', 2, 3, 3, 65],
  ['wiz/one_finding.csv', 'Wiz', 0, 0, 0, 0],
  ['wiz/sca_format.csv', 'Wiz', 3, 5, 3, 0],
  ['zap/0_zap_sample_without_zap3.xml', 'ZAP', 0, 0, 0, 3],
  ['zap/2_zap_sample_0_and_new_endpoint.xml', 'ZAP', 0, 0, 0, 4],
  ['zap/3_zap_sampl_0_and_different_severities.xml', 'ZAP', 0, 0, 0, 4],
  ['zap/5_zap_sample_one.xml', 'ZAP', 0, 0, 0, 2],
  ['zap/dvwa_baseline_dojo.xml', 'ZAP', 0, 0, 0, 12],
  ['zap/dvwa_baseline_dojo_subset.xml', 'ZAP', 0, 0, 0, 6],
  ['zap/juicy2.xml', 'ZAP', 0, 0, 0, 4],
  ['zap/some_2.9.0.xml', 'ZAP', 0, 0, 0, 6],
  ['zap/zap-results-first-scan.xml', 'ZAP', 0, 0, 0, 11],
  ['zap/zap-xml-plus-format.xml', 'ZAP', 0, 0, 0, 1],
  ['zap/zap_2.16.1_with_req_resp.xml', 'ZAP', 0, 0, 0, 0],
];

/** The text that names a vulnerability in each format, for a search in the raw text that shares nothing with the readers. */
const NAMING: Readonly<Record<string, RegExp>> = {
  Grype: /"id":\s*"(CVE-[\d-]+)"/g,
  Trivy: /"VulnerabilityID":\s*"(CVE-[\d-]+)"/g,
  'Trivy Operator': /"vulnerabilityID":\s*"(CVE-[\d-]+)"/g,
  // A GHSA's CVE stands among what it is related to.
  'AWS Security Finding Format': /"(?:Id":\s*"|RelatedVulnerabilities":\s*\[[^\]]*?")(CVE-[\d-]+)"/g,
  'Amazon Inspector': /"vulnerabilityId":\s*"(CVE-[\d-]+)"/g,
  'Burp Suite': /CVE-\d+-\d+/g,
  ZAP: /CVE-\d+-\d+/g,
  Nmap: /<elem key="id">(CVE-[\d-]+)</g,
  Nuclei: /"cve-id":\s*\[?"(cve-[\d-]+)"/gi,
  Wazuh: /"(?:id|cve)":\s*"(CVE-[\d-]+)"/g,
  Sysdig: /(?:"(?:vulnName|vuln_id)":\s*"|^)(CVE-[\d-]+)[",]/gm,
  Wiz: /(?:vulnerable to |,)(CVE-[\d-]+)[ ,]/g,
};
/** By the beginning of the text, for formats of several kinds. */
const NAMING_BY_KIND: readonly [format: string, begins: RegExp, naming: RegExp][] = [
  ['Nessus', /^</, /<cve>(CVE-[\d-]+)</g],
  ['Nessus', /^Plugin ID/, /^"?\d+"?,"?(CVE-[\d-]+)"?,/gm],
  ['OpenVAS', /^</, /<ref\s[^>]*"(CVE-[\d-]+)"/g],
  ['OpenVAS', /^IP/, /CVE-\d+-\d+/g],
  ['Nexpose', /^</, /<reference source="CVE">(CVE-[\d-]+)</g],
  ['Qualys', /^</, /<CVE_ID>\s*<ID><!\[CDATA\[(CVE-[\d-]+)\]/g],
  ['Qualys', /^"/, /^"(CVE-[\d-]+)"/gm],
  ['Tenable Security Center', /^"?Plugin/, /[",](CVE-\d+-\d+)(?=[",])/g],
  ['Tenable Vulnerability Management', /^age_in_days/, /[;,](CVE-\d+-\d+)(?=[;,])/g],
];

/** Where that search finds other ids, and why. */
const DIFFERENCES: Readonly<Record<string, { readonly found: number; readonly why: string }>> = {
  'nexpose/many_vulns.xml.gz': {
    found: 66,
    why: '62 belong to definitions whose tests say "not-vulnerable", "skipped-version" or "error"',
  },
  'qualys/Qualys_Sample_Report.xml.gz': {
    found: 52,
    why: 'CVE-2002-0510 stands in the glossary only; no host has its QID',
  },
  'tenable/nessus/nessus_new.csv': {
    found: 18,
    why: 'the ids of a list stand after a blank, as those in descriptions do; Python finds 38 in the column',
  },
  'awssecurityhub/inspector_ec2_cve_no_vulnerabilities.json': {
    found: 0,
    why: 'the list is empty and the title names the CVE',
  },
};

function searchIds(format: string, text: string): Set<string> {
  const begins = text.replace(/^\ufeff/, '');
  const naming = NAMING[format] ?? NAMING_BY_KIND.find(([name, start]) => name === format && start.test(begins))?.[2];
  return new Set([...text.matchAll(naming ?? /(?!)/g)].map(([whole, id]) => (id ?? whole).toUpperCase()));
}

/** Files that cannot be used as one document: empty or broken on purpose, archives (whose files `read-archive.test.ts` reads). */
const UNUSABLE: readonly [file: string, problem: string][] = [
  ['aws_inspector2/empty_with_error.json', 'is JSON of no format that is known; supported are'],
  ['deepfence_threatmapper/vulnerability_report_newformat.xlsx', 'is a ZIP archive or an office document'],
  ['ms_defender/defender.zip', 'is a ZIP archive'],
  ['ms_defender/defender_error_handling.zip', 'is a ZIP archive'],
  ['ms_defender/defender_wrong_machines.zip', 'is a ZIP archive'],
  ['ms_defender/empty_machines.zip', 'is a ZIP archive'],
  ['ms_defender/issue_11217.zip', 'is a ZIP archive'],
  ['nuclei/empty.jsonl', 'is empty; give'],
  ['threagile/empty_file_no_risks.json', 'is JSON of no format that is known; supported are'],
];

/** JSON lines of one line: nothing to read in parts. */
const ONE_OBJECT = new Set(['nuclei/invalid_cwe.json', 'nuclei/issue_9201.json']);

const idsOf = (items: readonly ReportItem[]) =>
  new Set(items.flatMap((item) => (item.kind === 'finding' ? item.ids : [])).filter((id) => id.startsWith('CVE-')));

describeWithTestData('real reports of scanners', () => {
  it.each(REPORTS)(
    '%s is %s with %i CVE ids, %i findings, %i hosts',
    async (file, format, cves, findings, hosts, withoutId) => {
      const read = await readItemsOfFile(fileOf(file));
      expect(read.format).toBe(format);
      const found = read.items.filter((item) => item.kind === 'finding');
      const named = found.flatMap(({ host }) => (host === null ? [] : [JSON.stringify(host)]));
      expect({
        cves: idsOf(read.items).size,
        findings: found.length,
        hosts: new Set(named).size,
        withoutId: read.items.filter(({ kind }) => kind === 'no-id').length,
        unreadable: read.items.filter(({ kind }) => kind === 'unreadable').length,
      }).toEqual({ cves, findings, hosts, withoutId, unreadable: 0 });
    },
  );

  it.each(REPORTS)('%s: the ids are those that a search in the raw text finds', async (file, format) => {
    const read = await readItemsOfFile(fileOf(file));
    const searched = searchIds(format, readTestData(`${FOLDER}/${file}`));
    const difference = DIFFERENCES[file];
    if (difference === undefined) expect(idsOf(read.items)).toEqual(searched);
    else expect(searched.size, difference.why).toBe(difference.found);
  });

  it.each(UNUSABLE)('%s is refused with one line', async (file, problem) => {
    await expect(readItemsOfFile(fileOf(file))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(new RegExp(`${file.slice(-12)} ${problem}[^\\n]*$`)),
    });
  });

  it.each(['generic/generic_report1.csv', 'generic/generic_report3.csv'])(
    '%s is text: no column has ids',
    async (file) => {
      expect(await readItemsOfFile(fileOf(file))).toEqual({ format: null, items: [], notes: [] });
    },
  );

  it('leaves no file of these folders untested', () => {
    const folders = new Set([...REPORTS, ...UNUSABLE].map(([file]) => file.slice(0, file.lastIndexOf('/'))));
    const files = [...folders].flatMap((folder) =>
      readdirSync(fileOf(folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [`${folder}/${entry.name}`] : [],
      ),
    );
    // An old Trivy wrote `null` where it found nothing: text without ids.
    expect(files.filter((file) => file !== 'trivy/legacy_no_vuln.json').sort()).toEqual(
      [...REPORTS, ...UNUSABLE].map(([file]) => file).sort(),
    );
  });

  it.each(REPORTS.filter(([file]) => /json/.test(file) && !ONE_OBJECT.has(file)))(
    '%s read in parts gives the same',
    async (file, format) => {
      const whole = await readItemsOfFile(fileOf(file));
      const parts = readItemsOfFile(fileOf(file), 10);
      if (format.startsWith('Thr')) await expect(parts).rejects.toThrow('read only whole');
      else expect(toTexts((await parts).items)).toEqual(toTexts(whole.items));
    },
  );
});

/** Replies of the InsightVM console that list vulnerabilities; the file of a report is a table, and has ids that only InsightVM knows. */
const INSIGHTVM: Readonly<Record<string, string>> = {
  'get_asset_vulnerabilities.json': 'Rapid7 InsightVM',
  'get_asset_vulnerabilities_with_risk_score.json': 'Rapid7 InsightVM',
  'scan_completion_report_output.json': 'CSV',
};

describeWithTestData('real replies of the InsightVM console', () => {
  it.each(namesIn('scans/rapid7_insightvm_api'))('%s is known or refused with one line', async (file) => {
    const path = join(TEST_DATA ?? '', 'scans/rapid7_insightvm_api', file);
    const read = await readItemsOfFile(path).catch((error: Error) => error);
    if (read instanceof Error) {
      expect(INSIGHTVM[file]).toBeUndefined();
      expect(read.message).toMatch(/is JSON of no format that is known; supported are [^\n]+$/);
    } else {
      // A reply of one word is text.
      expect(read.format).toBe(INSIGHTVM[file] ?? null);
      expect(read.items.map(({ kind }) => kind)).toEqual(read.format === null ? [] : ['no-id']);
    }
  });
});

function namesIn(folder: string): string[] {
  return TEST_DATA === null ? ['none'] : readdirSync(join(TEST_DATA, folder));
}

const toTexts = (items: readonly ReportItem[]) => items.map((item) => JSON.stringify(item)).sort();

describeWithTestData('recognition', () => {
  it.each(allFiles())('%s is of one format at most', async (file) => {
    const text = await readText(fileOf(`../${file}`));
    const names = text === null ? [] : matching(text);
    // These come last: they take any table with a column of ids, and any JSON with fields of them.
    const particular = names.filter((name) => !['CSV', 'JSON with CVE ids'].includes(name));
    expect(particular.length, names.join(', ')).toBeLessThanOrEqual(1);
  });
});

function allFiles(): string[] {
  if (TEST_DATA === null) return ['none'];
  return readdirSync(join(TEST_DATA, 'scans'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(join(TEST_DATA ?? '', 'scans').length + 1)] : [],
  );
}

/** Null: no text. */
async function readText(path: string): Promise<string | null> {
  let text = '';
  try {
    for await (const piece of openFile(path).open()) text += piece;
  } catch {
    return null;
  }
  return text;
}

/** The names of all formats that take a document for theirs. */
function matching(text: string): string[] {
  const objects = splitObjects(text)?.first ?? [];
  const [json, xml] = [attempt(() => JSON.parse(text)), attempt(() => readXml('f', text))];
  const matches = FORMATS.filter((format) => {
    if (format.kind === 'json') return json !== undefined && format.matches(json);
    if (format.kind === 'xml') return /^\s*</.test(text) && xml !== undefined && format.matches(xml);
    if (format.kind === 'json-lines') return [...objects, json].some((object) => format.matches(object));
    if (format.kind === 'text') return format.matches(text.slice(0, 4096));
    return !/^\s*[<{[]/.test(text) && findTable(text, [format]) !== null;
  });
  // The general format is last, and takes what no other one has taken.
  return matches.filter((one) => one !== GENERIC || matches.length === 1).map(({ name }) => name);
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

it('are counted in the guide as they are here', () => {
  expect(guideLines()).toEqual(expect.arrayContaining(countByFormat(REPORTS)));
});
