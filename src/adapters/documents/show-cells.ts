import { Parser } from 'htmlparser2';

/** A sheet's XML in which cells say what a spreadsheet shows. */
export interface ShownCells {
  readonly xml: string;
  /** Cells with a formula whose result nobody has saved. */
  readonly uncalculated: number;
}

/** Formats of per cent, by the places behind the point: those that every workbook has (ISO/IEC 29500-1, section 18.8.30). */
const BUILT_IN: ReadonlyMap<string, number> = new Map([
  ['9', 0],
  ['10', 2],
]);

/** Styles of cells that show a share as per cent, by their place among the styles: the places behind the point. */
export function percentStyles(styles: string): ReadonlyMap<number, number> {
  const formats = new Map(BUILT_IN);
  const places = new Map<number, number>();
  let [isCell, place] = [false, 0];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const name = tag.replace(/^.*:/, '');
        const { numFmtId = '', formatCode = '' } = attributes;
        // What stands in quotes or behind a backslash is text.
        const [code = ''] = formatCode.replace(/"[^"]*"|\\./g, '').split(';');
        if (name === 'numFmt' && code.includes('%')) formats.set(numFmtId, /\.([0#?]+)/.exec(code)?.[1]?.length ?? 0);
        else if (name === 'cellXfs') isCell = true;
        else if (name === 'xf' && isCell) {
          const digits = formats.get(numFmtId);
          if (digits !== undefined) places.set(place, digits);
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

const CELL = /<((?:\w+:)?)c\b([^>]*?)>((?:(?!<(?:\w+:)?c\b)[\s\S])*?)<\/\1c>/g;
const VALUE = /<(?:\w+:)?v\b[^>]*>([^<]+)<\/(?:\w+:)?v>/;

/** Gives shares their per cent, and formulas without a saved result a word that says so: an empty cell would say that there is nothing. */
export function showCells(xml: string, percents: ReadonlyMap<number, number>): ShownCells {
  if (percents.size === 0 && !/<(?:\w+:)?f\b/.test(xml)) return { xml, uncalculated: 0 };
  let uncalculated = 0;
  const shown = xml.replace(CELL, (all, prefix: string, attributes: string, content: string) => {
    const [, value] = VALUE.exec(content) ?? [];
    const type = /\st="(\w+)"/.exec(attributes)?.[1] ?? 'n';
    if (type !== 'n') return all;
    const digits = percents.get(Number(/\ss="(\d+)"/.exec(attributes)?.[1] ?? -1));
    const isEmpty = value === undefined && /<(?:\w+:)?f\b/.test(content);
    if (isEmpty) uncalculated += 1;
    const text = isEmpty ? NOT_CALCULATED : digits === undefined ? null : percentOf(value, digits);
    if (text === null) return all;
    const others = attributes.replace(/\s(?:s|t)="[^"]*"/g, '');
    return `<${prefix}c${others} t="str"><${prefix}v>${text}</${prefix}v></${prefix}c>`;
  });
  return { xml: shown, uncalculated };
}

const NOT_CALCULATED = '(not calculated)';

function percentOf(value: string | undefined, digits: number): string | null {
  const share = Number(value);
  return value === undefined || !Number.isFinite(share) ? null : `${(share * 100).toFixed(Math.min(digits, 20))}%`;
}
