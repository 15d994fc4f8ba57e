import { html } from 'hono/html';
import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { LEVEL_MARKS } from '../charts/level-colors.ts';
import type { Run, Text } from '../document/document.ts';
import type { Markup } from './markup.ts';

/** A line of text. */
export function renderText(text: Text): readonly Markup[] {
  return text.map(renderRun);
}

function renderRun(run: Run): Markup {
  const { text, style, level, href, target } = run;
  if (level !== undefined) return renderLevel(level, text);
  if (href !== undefined) return html`<a class="tight" href="${href}" rel="noreferrer">${text}</a>`;
  if (target !== undefined) return html`<a class="tight" href="#${target}">${text}</a>`;
  const whole = keepWhole(text);
  if (style === 'strong') return html`<strong>${whole}</strong>`;
  if (style === 'code') return html`<code>${whole}</code>`;
  return style === 'muted' ? html`<span class="muted">${whole}</span>` : html`${whole}`;
}

const ID_OR_DAY = /(\bCVE-\d{4}-\d{4,19}\b|\b\d{4}-\d{2}-\d{2}\b)/;

/** Ids and days are not broken at their hyphens. */
function keepWhole(text: string): readonly (Markup | string)[] {
  return text
    .split(ID_OR_DAY)
    .map((part, index) => (index % 2 === 1 ? html`<span class="tight">${part}</span>` : part));
}

/** A level by its colour, its shape and its word. */
export function renderLevel(level: RiskLevel, word: string): Markup {
  return html`<span class="level ${level.toLowerCase()}"><span aria-hidden="true">${LEVEL_MARKS[level]}</span> ${word}</span>`;
}
