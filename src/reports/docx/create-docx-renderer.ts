import { buildDocument } from '../document/build-document.ts';
import type { RenderReport } from '../report.ts';
import { PAGED_LIMITS } from '../typeset/paged-limits.ts';
import { loadResvg } from './draw-png.ts';
import { renderDocx } from './render-docx.ts';

/** `--format docx`: the shared report for Word. @throws RiskError `OUTPUT_FAILED` where the drawer of charts is not installed */
export async function createDocxRenderer(): Promise<RenderReport> {
  await loadResvg();
  return async ({ head, readFindings }, write, settings) => {
    const input = { ...(await settings.document()), limits: PAGED_LIMITS };
    const document = await buildDocument({ head, findings: readFindings(), ...input });
    const stamp = { assessmentId: head.id, createdAt: head.createdAt };
    await write(await renderDocx(document, stamp, input.template?.word ?? null));
  };
}
