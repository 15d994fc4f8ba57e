import { toComponent, toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, fieldsOf, listAt, textAt, textsOf } from '../../reports/values.ts';
import { toCwes } from '../../reports/vulnerability-ids.ts';

/** Harbor's vulnerability report (pluggable scanner specification 1.0 and 1.1): by media type, as its API answers, or bare. */
export const HARBOR: JsonFormat = {
  kind: 'json',
  name: 'Harbor',
  large: null,
  matches: (document) => reportsOf(document).length > 0,
  *read(document) {
    for (const { report, pointer } of reportsOf(document)) {
      const image = imageOf(at(report, 'artifact'));
      if (image !== null) yield { kind: 'subject', name: image, version: null };
      const tool = textAt(report, 'scanner', 'name') ?? 'Harbor';
      if (listAt(report, 'vulnerabilities').length === 0) yield { kind: 'looked', host: null, subject: null, tool };
      for (const [index, entry] of listAt(report, 'vulnerabilities').entries()) {
        yield readVulnerability(entry, `${pointer}/vulnerabilities/${index}`, tool);
      }
    }
  },
};

function reportsOf(document: unknown): { readonly report: unknown; readonly pointer: string }[] {
  const isBare = 'generated_at' in fieldsOf(document) && textAt(document, 'scanner', 'name') !== null;
  if (isBare) return [{ report: document, pointer: '' }];
  return Object.entries(fieldsOf(document)).flatMap(([type, report]) =>
    /^application\/vnd\.(?:scanner\.adapter\.vuln\.report\.harbor|security\.vulnerability\.report)/.test(type)
      ? [{ report, pointer: `/${type.replaceAll('~', '~0').replaceAll('/', '~1')}` }]
      : [],
  );
}

/** The image, as the pluggable scanner specification names it. */
function imageOf(artifact: unknown): string | null {
  const repository = textAt(artifact, 'repository');
  if (repository === null) return null;
  const [tag, digest] = [textAt(artifact, 'tag'), textAt(artifact, 'digest')];
  return `${repository}${tag === null ? (digest === null ? '' : `@${digest}`) : `:${tag}`}`;
}

function readVulnerability(entry: unknown, position: string, tool: string): ReportItem {
  const scores = Object.values(fieldsOf(at(entry, 'vendor_attributes', 'CVSS')));
  const preferred = ['vector_v3', 'vector_v2'].flatMap((field) => textsOf(at(entry, 'preferred_cvss', field)));
  const others = ['V3Vector', 'V2Vector'].flatMap((field) => scores.flatMap((score) => textsOf(at(score, field))));
  return toFinding({
    ids: [at(entry, 'id')],
    component: toComponent({
      name: textAt(entry, 'package'),
      installedVersion: textAt(entry, 'version'),
      fixedVersion: textAt(entry, 'fix_version'),
    }),
    position,
    tool,
    severity: textAt(entry, 'severity'),
    reported: toReported({
      description: textAt(entry, 'description'),
      cvssVectors: [...new Set([...preferred, ...others])],
      cwes: toCwes(textsOf(at(entry, 'cwe_ids'))),
    }),
  });
}
