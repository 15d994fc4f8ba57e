import { Parser } from 'htmlparser2';

/** A sheet's XML in which cells say what a spreadsheet shows. */
export interface ShownCells {
  readonly xml: string;
  /** Cells with a formula whose result nobody has saved. */
  readonly uncalculated: number;
}

/** What a cell of some style shows of a number; null where it is none. */
type Show = (value: number) => string;

/** Formats that every workbook has (ISO/IEC 29500-1, section 18.8.30). */
const BUILT_IN: readonly (readonly [string, string])[] = [
  ['9', '0%'],
  ['10', '0.00%'],
  ['46', '[h]:mm:ss'],
];

/** How styles of cells show shares as per cent and times of more than a day, by their place among the styles. */
export function shownStyles(styles: string): ReadonlyMap<number, Show> {
  const formats = new Map(BUILT_IN.map(([id, code]) => [id, showBy(code)]));
  const places = new Map<number, Show>();
  let [isCell, place] = [false, 0];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const name = tag.replace(/^.*:/, '');
        const { numFmtId = '', formatCode = '' } = attributes;
        if (name === 'numFmt') formats.set(numFmtId, showBy(formatCode));
        else if (name === 'cellXfs') isCell = true;
        else if (name === 'xf' && isCell) {
          const show = formats.get(numFmtId) ?? null;
          if (show !== null) places.set(place, show);
          place += 1;
        }
      },
      onclosetag(tag) {
        if (tag.replace(/^.*:/, '') === 'cellXfs') isCell = false;
      },
    },
    { xmlMode: true },
  );
  parser.write(styles);
  parser.end();
  return places;
}

/** Null for a format that shows neither: its cells are read as they are. */
function showBy(formatCode: string): Show | null {
  // What stands in quotes or behind a backslash is text.
  const [code = ''] = formatCode.replace(/"[^"]*"|\\./g, '').split(';');
  if (/\[h+\]/i.test(code)) return (days) => durationOf(days, /s/i.test(code));
  if (!code.includes('%')) return null;
  const digits = Math.min(/\.([0#?]+)/.exec(code)?.[1]?.length ?? 0, 20);
  return (share) => `${(share * 100).toFixed(digits)}%`;
}

/** Hours and minutes, which count on beyond a day: `30:00`. */
function durationOf(days: number, hasSeconds: boolean): string {
  const seconds = Math.round(Math.abs(days) * 86_400);
  const parts = [Math.floor(seconds / 60) % 60, ...(hasSeconds ? [seconds % 60] : [])];
  const sign = days < 0 ? '-' : '';
  return [`${sign}${Math.floor(seconds / 3600)}`, ...parts.map((part) => String(part).padStart(2, '0'))].join(':');
}

const CELL = /<((?:\w+:)?)c\b([^>]*?)>((?:(?!<(?:\w+:)?c\b)[\s\S])*?)<\/\1c>/g;
const VALUE = /<(?:\w+:)?v\b[^>]*>([^<]+)<\/(?:\w+:)?v>/;

/** Gives shares their per cent, times their hours, and formulas without a saved result a word that says so: an empty cell would say that there is nothing. */
export function showCells(xml: string, styles: ReadonlyMap<number, Show>): ShownCells {
  if (styles.size === 0 && !/<(?:\w+:)?f\b/.test(xml)) return { xml, uncalculated: 0 };
  let uncalculated = 0;
  const shown = xml.replace(CELL, (all, prefix: string, attributes: string, content: string) => {
    if ((/\st="(\w+)"/.exec(attributes)?.[1] ?? 'n') !== 'n') return all;
    const [, value] = VALUE.exec(content) ?? [];
    const isEmpty = value === undefined && /<(?:\w+:)?f\b/.test(content);
    if (isEmpty) uncalculated += 1;
    const show = styles.get(Number(/\ss="(\d+)"/.exec(attributes)?.[1] ?? -1));
    const text = isEmpty ? NOT_CALCULATED : shownBy(show, value);
    if (text === null) return all;
    const others = attributes.replace(/\s(?:s|t)="[^"]*"/g, '');
    return `<${prefix}c${others} t="str"><${prefix}v>${text}</${prefix}v></${prefix}c>`;
  });
  return { xml: shown, uncalculated };
}

function shownBy(show: Show | undefined, value: string | undefined): string | null {
  const number = Number(value ?? Number.NaN);
  return show === undefined || !Number.isFinite(number) ? null : show(number);
}

const NOT_CALCULATED = '(not calculated)';
