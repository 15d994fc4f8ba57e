import { buildDocument } from '../document/build-document.ts';
import type { RenderReport } from '../report.ts';
import { renderHtml } from './render-html.ts';

/** `--format html`: the shared report as one file. */
export const renderHtmlReport: RenderReport = async ({ head, readFindings }, write, settings) => {
  const document = await buildDocument({ head, findings: readFindings(), ...(await settings.document()) });
  await renderHtml(document, write);
};
