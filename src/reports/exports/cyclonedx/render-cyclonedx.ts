import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import type { RenderReport, Report } from '../../report.ts';
import { toMoment, uuidOf } from '../identity.ts';
import { present, writeJson } from '../json-text.ts';
import { type Product, productsOf } from '../products.ts';
import { cleanLine, inertLine } from '../safe-text.ts';
import { refOf, toComponent } from './component.ts';
import { toProperties } from './properties.ts';
import { toCycloneDxVulnerability } from './vulnerability.ts';

/**
 * CycloneDX 1.6 (ECMA-424): a vulnerability disclosure report, with the analysis of each finding (VEX). Two passes over the findings:
 * components stand before the vulnerabilities that refer to them, as readers of long files want them.
 */
export const renderCycloneDx: RenderReport = async (report, write, settings) => {
  const { head } = report;
  await writeJson(
    {
      $schema: { value: 'http://cyclonedx.org/schema/bom-1.6.schema.json' },
      bomFormat: { value: 'CycloneDX' },
      specVersion: { value: '1.6' },
      serialNumber: { value: `urn:uuid:${uuidOf('cyclonedx', head.id)}` },
      version: { value: 1 },
      metadata: { value: toMetadata(report, settings) },
      components: { list: readComponents(report) },
      vulnerabilities: { list: readVulnerabilities(report) },
    },
    write,
  );
};

function toMetadata({ head }: Report, { version, publisher }: Parameters<RenderReport>[2]): unknown {
  const { gaps, summary } = head;
  return present({
    timestamp: toMoment(head.finishedAt ?? head.createdAt),
    tools: { components: [{ type: 'application', name: 'ERAS', version }] },
    manufacturer: publisher === null ? null : { name: cleanLine(publisher.name), url: [publisher.namespace] },
    properties: toProperties({
      assessment: head.id,
      headline: inertLine(summary.headline, 500),
      gaps: gaps.length,
      ...Object.fromEntries(
        gaps
          .slice(0, 100)
          .map(({ cveId, source, reason }, index) => [
            `gap:${index + 1}`,
            inertLine(`${cveId ?? ''} ${source}: ${reason}`),
          ]),
      ),
    }),
  });
}

/** Each component, product and asset once, in the order of the findings. */
async function* readComponents({ readFindings }: Report): AsyncGenerator<unknown> {
  const seen = new Set<string>();
  for await (const finding of readFindings()) {
    for (const product of affectedOf(finding)) {
      const ref = refOf(product);
      if (seen.has(ref)) continue;
      seen.add(ref);
      yield toComponent(product, finding);
    }
  }
}

async function* readVulnerabilities({ readFindings }: Report): AsyncGenerator<unknown> {
  for await (const finding of readFindings()) {
    yield toCycloneDxVulnerability(finding, affectedOf(finding).map(refOf));
  }
}

/** What a finding is in, and on. */
function affectedOf(finding: Finding): Product[] {
  const { products, asset } = productsOf(finding);
  return asset === null ? [...products] : [...products, asset];
}
