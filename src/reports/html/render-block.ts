import { html, raw } from 'hono/html';
import type { Block, Fact, ProseBlock } from '../document/document.ts';
import type { Markup } from './markup.ts';
import { renderTable } from './render-table.ts';
import { renderLevel, renderText } from './render-text.ts';

/** A longer fact takes the whole width, characters. */
const WIDE_FACT = 90;

type Renderable = Exclude<Block, { kind: 'figure' } | { kind: 'group' }>;

/** A block that holds no others. `depth` is the level of headings in it, 3 to 6. */
export function renderBlock(block: Renderable, depth: number): Markup {
  switch (block.kind) {
    case 'paragraph':
      return html`<p class="${block.tone}">${renderText(block.text)}</p>
`;
    case 'prose':
      return renderProse(block, depth);
    case 'list': {
      const items = block.items.map((item) => html`<li>${renderText(item)}</li>`);
      return block.isOrdered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'facts':
      return renderFacts(block.items);
    case 'answers':
      return html`<div class="answers">${block.items.map(
        ({ question, answer }) =>
          html`<div class="answer">${heading(depth, question)}<ul>${answer.map((text) => html`<li>${renderText(text)}</li>`)}</ul></div>
`,
      )}</div>
`;
    case 'counts':
      return html`<ul class="counts">${block.items.map(
        ({ level, word, shown }) => html`<li><span class="number">${shown}</span> ${renderLevel(level, word)}</li>`,
      )}</ul>
`;
    case 'table':
      return renderTable(block);
  }
}

/** Terms and what is known of them. */
export function renderFacts(facts: readonly Fact[]): Markup {
  const items = facts.map(({ term, value }) => {
    const wide = value.reduce((length, { text }) => length + text.length, 0) > WIDE_FACT ? html` class="wide"` : '';
    return html`<div${wide}><dt>${term}</dt><dd>${renderText(value)}</dd></div>`;
  });
  return html`<dl>${items}</dl>
`;
}

/** A heading of a level from 3 to 6. */
export function heading(depth: number, text: Markup | readonly Markup[] | string): Markup {
  // The only name of an element that is put together; it is a number of ours.
  const name = raw(`h${Math.min(6, Math.max(3, depth))}`);
  return html`<${name}>${text}</${name}>`;
}

function renderProse({ label, sentences, isFromModel, mark }: ProseBlock, depth: number): Markup {
  const text = sentences.map(({ text: sentence, cites }) => {
    const cited = cites.length === 0 ? '' : html`<sup class="cites">${cites.join(' ')}</sup>`;
    return isFromModel
      ? html`<span class="model"><abbr class="mark" title="${mark}">${mark}</abbr> ${sentence}${cited}</span> `
      : html`${sentence}${cited} `;
  });
  return html`${label === null ? '' : heading(depth, label)}<p class="prose" lang="en">${text}</p>
`;
}
