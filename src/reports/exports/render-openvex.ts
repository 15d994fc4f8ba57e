import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import type { RenderReport } from '../report.ts';
import { toMoment, toUri, uuidOf } from './identity.ts';
import { present, writeJson } from './json-text.ts';
import { type Product, productsOf } from './products.ts';
import { cleanLine, inertLine, inertText, shownAliases } from './safe-text.ts';
import { stateOfFinding } from './vex-statement.ts';
import { vulnerabilityUrl } from './vulnerability-url.ts';

/** OpenVEX 0.2.0: a statement a finding, written as they are read. */
export const renderOpenVex: RenderReport = async ({ head, readFindings }, write, { version, publisher }) => {
  const issued = toMoment(head.finishedAt ?? head.createdAt) ?? head.createdAt;
  await writeJson(
    {
      '@context': { value: 'https://openvex.dev/ns/v0.2.0' },
      '@id': { value: `urn:uuid:${uuidOf('openvex', head.id)}` },
      author: { value: publisher === null ? 'ERAS' : cleanLine(publisher.name) },
      role: { value: publisher === null ? 'Risk assessment tool' : publisher.category },
      timestamp: { value: issued },
      version: { value: 1 },
      tooling: { value: `ERAS ${version}` },
      statements: { list: readStatements(head, readFindings(), issued) },
    },
    write,
  );
};

async function* readStatements(
  head: AssessmentHead,
  findings: AsyncIterable<Finding>,
  issued: string,
): AsyncGenerator<unknown> {
  for await (const finding of findings) yield toStatement(finding, head.id, issued);
}

/** The specification has a justification or an impact statement for `not_affected`, not both, and an action statement for `affected`. */
function toStatement(finding: Finding, assessmentId: string, issued: string): unknown {
  const { status, justification, impact, action, notes } = stateOfFinding(finding);
  const isClear = status === 'not_affected';
  const { vulnerabilityId, aliases, description, vex } = finding;
  const says = isClear && justification !== null && vex?.detail ? ` VEX says: ${impact}` : '';
  return present({
    '@id': `urn:uuid:${uuidOf('statement', assessmentId, finding.id)}`,
    vulnerability: present({
      '@id': vulnerabilityUrl(vulnerabilityId),
      name: inertLine(vulnerabilityId, 200),
      description: description === null ? null : inertText(description, 2000) || null,
      aliases: shownAliases(aliases),
    }),
    timestamp: toMoment(vex?.at ?? null) ?? issued,
    products: toProducts(finding),
    status,
    status_notes: `${notes}${says}`,
    justification: isClear ? justification : null,
    impact_statement: isClear && justification === null ? impact : null,
    action_statement: status === 'affected' ? action : null,
  });
}

function toProducts(finding: Finding): unknown[] {
  const { products, asset } = productsOf(finding);
  const known = products.length > 0 || asset === null ? products : [asset];
  return [...new Map(known.map((product) => [idOf(product), toProduct(product)])).values()];
}

function toProduct(product: Product): unknown {
  const { purl } = product;
  return { '@id': idOf(product), ...(purl === null ? {} : { identifiers: { purl } }) };
}

/**
 * A package URL, a CPE, or a name under ERAS' own prefix: without the versions that the sources name, which are ranges in words. A CPE
 * stands here alone, since the specification and its schema call that field of `identifiers` by different names.
 */
function idOf({ key, purl, cpe, kind, vendor, name, version }: Product): string {
  if (purl !== null) return purl;
  if (cpe !== null) return toUri(cpe);
  // Two assets may have one name.
  if (kind === 'asset') return `urn:eras:asset:${encodeURIComponent(inertLine(key.slice('asset:'.length), 500))}`;
  const parts = [vendor, name, kind === 'affected' ? null : version].filter((part) => part !== null);
  return `urn:eras:${kind}:${parts.map(encodeURIComponent).join(':')}`;
}
