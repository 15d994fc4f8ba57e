import { toWorkload } from '../../reports/finding-subject.ts';
import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/** Sysdig Secure's report of vulnerabilities as JSON: `data` with names in camel case (until 2024). */
export const SYSDIG: JsonFormat = {
  kind: 'json',
  name: 'Sysdig',
  large: 'data',
  matches: (document) => {
    const first = fieldsOf(listAt(document, 'data')[0]);
    return 'vulnName' in first && 'packageName' in first;
  },
  *read(document, { offset }) {
    for (const [index, entry] of listAt(document, 'data').entries()) yield readEntry(entry, `/data/${offset + index}`);
  },
};

/** The same from 2025 on: `panels` of tables with names in snake case. */
export const SYSDIG_PANELS: JsonFormat = {
  kind: 'json',
  name: 'Sysdig',
  large: 'panels.*.data',
  matches: (document) =>
    listAt(document, 'panels').some((panel) => {
      const first = fieldsOf(listAt(panel, 'data')[0]);
      return 'vuln_id' in first && 'scan_package_name' in first;
    }),
  *read(document, { offset }) {
    for (const [index, panel] of listAt(document, 'panels').entries()) {
      for (const [place, entry] of listAt(panel, 'data').entries()) {
        yield readEntry(entry, `/panels/${index}/data/${offset + place}`);
      }
    }
  },
};

function readEntry(entry: unknown, position: string): ReportItem {
  return toFinding(
    {
      ids: [firstText(at(entry, 'vulnName'), at(entry, 'vuln_id'))],
      component: toComponent({
        name: firstText(at(entry, 'packageName'), at(entry, 'scan_package_name')),
        installedVersion: firstText(at(entry, 'packageVersion'), at(entry, 'scan_package_version')),
        fixedVersion: firstText(at(entry, 'vulnFixVersion'), at(entry, 'vuln_fixed_in_version')),
      }),
      subject: toWorkload({
        cluster: firstText(at(entry, 'k8sClusterName'), at(entry, 'kubernetes_cluster_name')),
        namespace: firstText(at(entry, 'k8sNamespaceName'), at(entry, 'kubernetes_namespace_name')),
        kind: firstText(at(entry, 'k8sWorkloadType'), at(entry, 'kubernetes_workload_type')),
        name: firstText(at(entry, 'k8sWorkloadName'), at(entry, 'kubernetes_workload_name')),
        container: firstText(at(entry, 'k8sPodContainerName'), at(entry, 'kubernetes_pod_container_name')),
        image: firstText(at(entry, 'imagePullString'), at(entry, 'container_image'), at(entry, 'imageId')),
      }),
      position,
      tool: 'Sysdig',
      severity: firstText(at(entry, 'vulnSeverity'), at(entry, 'vuln_severity')),
      reported: toReported({
        cvssVectors: textsOf(firstText(at(entry, 'vulnCvssVector'), at(entry, 'vuln_cvss_vector'))),
      }),
    },
    textAt(entry, 'packageName') ?? at(entry, 'scan_package_name'),
  );
}
