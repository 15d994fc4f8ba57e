import { readFileSync } from 'node:fs';
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { clipLine } from '../../kernel/clip.ts';
import { RiskError } from '../../kernel/risk-error.ts';
import type { ReportDocument } from '../document/document.ts';
import { fontFiles } from '../typeset/fonts.ts';
import { loadOptional } from '../typeset/load-optional.ts';
import type { Stamp } from '../typeset/stamp.ts';
import { TEMPLATE } from './template/document.ts';
import { toTypstData } from './typst-data.ts';

/** A folder that is not there: the template's files exist in memory, and no others can be read. */
const NOWHERE = '/eras-report-in-memory';

/** @throws RiskError `OUTPUT_FAILED` where it is not installed or has no binary for this platform */
export function loadTypst() {
  const load = () => import('@myriaddreamin/typst-ts-node-compiler');
  return loadOptional('PDF', '@myriaddreamin/typst-ts-node-compiler', load);
}

/**
 * Typesets a report as a tagged PDF: PDF/UA-1 where the fonts have a glyph for every character of it, else a tagged PDF 1.7. Equal input gives equal
 * bytes.
 * @throws RiskError `OUTPUT_FAILED` where the typesetter is not installed, `BAD_INPUT` where the logo is broken
 */
export async function renderPdf(document: ReportDocument, stamp: Stamp): Promise<Uint8Array> {
  const { NodeCompiler } = await loadTypst();
  const { json, files } = await toTypstData(document, stamp);
  const compiler = NodeCompiler.create({
    workspace: NOWHERE,
    fontArgs: [{ fontBlobs: fontFiles().map((file) => readFileSync(file)) }],
  });
  compiler.mapShadow(`${NOWHERE}/report.json`, Buffer.from(json));
  for (const [name, bytes] of files) compiler.mapShadow(`${NOWHERE}/${name}`, Buffer.from(bytes));
  compiler.addSource(`${NOWHERE}/report.typ`, TEMPLATE);
  try {
    const compiled = compiler.compile({ mainFilePath: `${NOWHERE}/report.typ` });
    const typeset = compiled.result;
    if (typeset === null) throw failure(compiled.takeDiagnostics()?.shortDiagnostics ?? []);
    return exportPdf(compiler, typeset);
  } finally {
    // The cache is the process's: without this a server would keep what it typeset.
    compiler.evictCache(0);
  }
}

function exportPdf(compiler: NodeCompiler, typeset: NodeTypstDocument): Uint8Array {
  try {
    return compiler.pdf(typeset, { pdfStandard: 'ua-1' });
  } catch {
    return compiler.pdf(typeset, { pdfStandard: '1.7' });
  }
}

/** The only picture that is not drawn here is the template's logo. */
function failure(diagnostics: readonly { readonly message: string }[]): RiskError {
  const reason = clipLine(diagnostics[0]?.message ?? 'no reason is given', 300);
  return reason.includes('image')
    ? new RiskError({ code: 'BAD_INPUT', message: `the template's logo cannot be drawn; export it again: ${reason}` })
    : new RiskError({ code: 'OUTPUT_FAILED', message: `the PDF could not be typeset: ${reason}` });
}
