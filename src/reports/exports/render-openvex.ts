import type { Finding } from '../../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../../domain/assessment/schema.ts';
import type { RenderReport } from '../report.ts';
import { toMoment, toUri, uuidOf } from './identity.ts';
import { present, writeJson } from './json-text.ts';
import { type Product, productsOf, productWords } from './products.ts';
import { cleanLine, inertText } from './safe-text.ts';
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
      name: cleanLine(vulnerabilityId, 200),
      description: description === null ? null : inertText(description, 2000) || null,
      aliases: [...new Set(aliases.slice(0, 50).map((alias) => cleanLine(alias, 200)))],
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
  return known.map(toProduct);
}

/** A package URL, a CPE, or a name as its id; names are those of a namespace of ERAS. */
function toProduct(product: Product): unknown {
  const { purl, cpe, kind } = product;
  if (purl !== null) return { '@id': purl, identifiers: { purl } };
  if (cpe !== null) return { '@id': toUri(cpe) };
  return { '@id': `urn:eras:${kind}:${encodeURIComponent(productWords(product))}` };
}
