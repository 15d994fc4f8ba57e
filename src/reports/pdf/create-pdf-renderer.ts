import { buildDocument } from '../document/build-document.ts';
import type { RenderReport } from '../report.ts';
import { PAGED_LIMITS } from '../typeset/paged-limits.ts';
import { loadTypst, renderPdf } from './render-pdf.ts';

/** `--format pdf`: the shared report, typeset. @throws RiskError `OUTPUT_FAILED` where the typesetter is not installed */
export async function createPdfRenderer(): Promise<RenderReport> {
  await loadTypst();
  return async ({ head, readFindings }, write, settings) => {
    const input = { ...(await settings.document()), limits: PAGED_LIMITS };
    const document = await buildDocument({ head, findings: readFindings(), ...input });
    await write(await renderPdf(document, { assessmentId: head.id, createdAt: head.createdAt }));
  };
}
