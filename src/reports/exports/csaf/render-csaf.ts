import type { RenderReport, Report, ReportSettings } from '../../report.ts';
import { writeJson } from '../json-text.ts';
import { toCsafDocument } from './document.ts';
import { createProductTree } from './product-tree.ts';
import { addStatement, type Statements } from './statements.ts';
import { toCsafVulnerability } from './vulnerability.ts';

/**
 * CSAF 2.0 (OASIS), profile 5: VEX. A vulnerability stands in a document once (test 6.1.23), with what is said of all its products; so a
 * first pass over the findings gathers ids and statements, and a second one writes.
 */
export const renderCsaf: RenderReport = async (report, write, settings) => {
  const tree = createProductTree();
  const statements = new Map<string, Statements>();
  for await (const finding of report.readFindings()) addStatement(statements, finding, tree);
  const document = { value: toCsafDocument(report.head, settings, statements.size > 0) };
  if (statements.size === 0) return writeJson({ document }, write);
  await writeJson(
    {
      document,
      product_tree: { value: tree.toJson() },
      vulnerabilities: { list: readVulnerabilities(report, statements, settings) },
    },
    write,
  );
};

/** A vulnerability where its first finding stands, the most urgent first. */
async function* readVulnerabilities(
  { readFindings }: Report,
  statements: Map<string, Statements>,
  settings: ReportSettings,
): AsyncGenerator<unknown> {
  for await (const finding of readFindings()) {
    const said = statements.get(finding.vulnerabilityId);
    if (said === undefined) continue;
    statements.delete(finding.vulnerabilityId);
    yield toCsafVulnerability(finding, said, settings);
  }
}
