import { html, raw } from 'hono/html';
import type { Block, ReportDocument, Section } from '../document/document.ts';
import type { Write } from '../render-json.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import type { Markup } from './markup.ts';
import { pageOneSize } from './page-one-size.ts';
import { heading, renderBlock, renderFacts } from './render-block.ts';
import { renderFigure } from './render-figure.ts';
import { closeTable, openTable, renderRow, renderTable } from './render-table.ts';
import { renderText } from './render-text.ts';
import { scriptOf } from './script.ts';
import { styleOf } from './style.ts';

/** Rows that are written at once. */
const ROWS_AT_ONCE = 200;

/**
 * A report as one HTML file: nothing is loaded from anywhere, all text is escaped by the template's tag, and a policy lets only the report's own script
 * and style run. Written block by block.
 */
export async function renderHtml(document: ReportDocument, write: Write): Promise<void> {
  const out = async (markup: Markup) => write(String(await markup));
  await out(await renderHead(document));
  await out(renderBand(document));
  await write('<main id="main">\n');
  const [summary, ...rest] = document.sections;
  // Page one answers; what the document is and holds comes after it.
  if (summary !== undefined) await writeSection(summary, document, out);
  await out(renderCover(document));
  await out(renderContents(document));
  for (const section of rest) await writeSection(section, document, out);
  await write('</main>\n');
  const { cover, branding, words } = document;
  const script = scriptOf(words.sortHint);
  await out(html`<footer><p>${[branding.organisation ?? '', cover.title, cover.classification ?? ''].filter((text) => text !== '').join(' · ')}</p></footer>
<script>${raw(script)}</script>
</body>
</html>
`);
}

async function renderHead({ language, cover, branding, words }: ReportDocument): Promise<Markup> {
  const style = styleOf(branding.accent, cover.classification);
  const policy = await contentSecurityPolicy(scriptOf(words.sortHint), style);
  const marking = cover.classification === null ? '' : html`<div class="marking">${cover.classification}</div>`;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${cover.title}: ${cover.scope}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#summary">${words.skip}</a>
${marking}
`;
}

function renderBand({ cover, branding }: ReportDocument): Markup {
  const { logo } = branding;
  const image =
    logo === null ? '' : html`<img class="logo" src="data:${logo.mediaType};base64,${logo.base64}" alt="${logo.alt}">`;
  return html`<header>
<div class="band"><div><h1>${cover.title}</h1><p>${cover.scope}</p></div>${image}</div>
</header>
`;
}

/** Scope, classification, and how old the facts are. */
function renderCover({ cover }: ReportDocument): Markup {
  return html`<div class="cover">
${renderFacts(cover.facts)}
${renderTable(cover.dataDates)}
${cover.notes.map((note) => html`<p class="note">${note}</p>`)}
</div>
`;
}

function renderContents({ sections, words }: ReportDocument): Markup {
  const items = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav aria-labelledby="contents"><h2 id="contents">${words.contents}</h2><ol>${items}</ol></nav>
`;
}

type Out = (markup: Markup) => Promise<void>;

async function writeSection({ id, title, blocks }: Section, document: ReportDocument, out: Out): Promise<void> {
  const size = id === 'summary' ? pageOneSize(blocks) : '';
  await out(html`<section id="${id}"${size === '' ? '' : html` class="${size}"`} aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
`);
  for (const block of blocks) await writeBlock(block, 3, document, out);
  await out(html`</section>
`);
}

async function writeBlock(block: Block, depth: number, document: ReportDocument, out: Out): Promise<void> {
  if (block.kind === 'figure') return out(await renderFigure(block, document.words));
  if (block.kind === 'table' && block.rows.length > ROWS_AT_ONCE) {
    await out(openTable(block));
    for (let from = 0; from < block.rows.length; from += ROWS_AT_ONCE) {
      await out(html`${block.rows.slice(from, from + ROWS_AT_ONCE).map((row) => renderRow(block, row))}`);
    }
    return out(closeTable(block));
  }
  if (block.kind !== 'group') return out(renderBlock(block, depth));
  await out(html`<article id="${block.id}">${heading(depth, renderText(block.title))}
`);
  for (const inner of block.blocks) await writeBlock(inner, depth + 1, document, out);
  return out(html`</article>
`);
}
