import { RISK_LEVELS, type RiskLevel } from '../../domain/assessment/finding-schema.ts';

/**
 * Colours of levels: after Okabe and Ito's palette for colour-blind eyes (vermilion, orange, sky blue), darkened or lightened so that lightness alone
 * falls from Low to Critical: in grey the order stays. Text on each has a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3).
 */
export const LEVEL_COLORS: Readonly<Record<RiskLevel, { readonly fill: string; readonly text: string }>> = {
  Critical: { fill: '#6b0a1e', text: '#ffffff' },
  High: { fill: '#bf4d00', text: '#ffffff' },
  Medium: { fill: '#f0b43c', text: '#000000' },
  Low: { fill: '#cfe6f5', text: '#000000' },
};

/** A shape beside each level, for whoever tells no colours apart; Vega's names. */
export const LEVEL_SHAPES: Readonly<Record<RiskLevel, string>> = {
  Critical: 'diamond',
  High: 'triangle-up',
  Medium: 'square',
  Low: 'circle',
};

/** The same shapes as characters. */
export const LEVEL_MARKS: Readonly<Record<RiskLevel, string>> = {
  Critical: '◆',
  High: '▲',
  Medium: '■',
  Low: '●',
};

/** A Vega-Lite scale of levels under their words. */
export function levelScale(words: Readonly<Record<RiskLevel, string>>, range: 'color' | 'shape') {
  return {
    domain: RISK_LEVELS.map((level) => words[level]),
    range: RISK_LEVELS.map((level) => (range === 'color' ? LEVEL_COLORS[level].fill : LEVEL_SHAPES[level])),
  };
}
