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
  if (href !== undefined) return html`<a href="${href}" rel="noreferrer">${text}</a>`;
  if (target !== undefined) return html`<a href="#${target}">${text}</a>`;
  if (style === 'strong') return html`<strong>${text}</strong>`;
  if (style === 'code') return html`<code>${text}</code>`;
  return style === 'muted' ? html`<span class="muted">${text}</span>` : html`${text}`;
}

/** A level by its colour, its shape and its word. */
export function renderLevel(level: RiskLevel, word: string): Markup {
  return html`<span class="level ${level.toLowerCase()}"><span aria-hidden="true">${LEVEL_MARKS[level]}</span> ${word}</span>`;
}
