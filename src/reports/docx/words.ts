import type { IRunOptions, ParagraphChild } from 'docx';
import { LEVEL_COLORS, LEVEL_MARKS } from '../charts/level-colors.ts';
import type { Run, Text } from '../document/document.ts';
import { wellFormed } from '../typeset/well-formed.ts';

export type Docx = typeof import('docx');

const SOFT = '4D4D4D';
const LINK = '0B4A8F';

/** Makes runs of text. Text goes into `w:t` only, so that field codes in it stay words; links lead where ERAS built them to. */
export function createWords(docx: Docx, targets: ReadonlySet<string>) {
  const plain = (text: string, options: IRunOptions = {}) => new docx.TextRun({ ...options, text: wellFormed(text) });

  const toRun = (run: Run, base: IRunOptions): ParagraphChild => {
    const { text, style, level, href, target } = run;
    if (level !== undefined) {
      const { fill, text: color } = LEVEL_COLORS[level];
      const shading = { type: docx.ShadingType.CLEAR, fill: fill.slice(1), color: 'auto' };
      // No-break spaces inside are shaded: a margin around the word.
      const words = `\u00a0${LEVEL_MARKS[level]}\u00a0${text}\u00a0`;
      return plain(words, { ...base, bold: true, color: color.slice(1), shading });
    }
    if (href !== undefined) {
      return new docx.ExternalHyperlink({ link: href, children: [plain(text, { ...base, color: LINK })] });
    }
    if (target !== undefined && targets.has(target)) {
      return new docx.InternalHyperlink({ anchor: target, children: [plain(text, { ...base, color: LINK })] });
    }
    if (style === 'strong') return plain(text, { ...base, bold: true });
    if (style === 'code') return plain(text, { ...base, font: 'Courier New' });
    return style === 'muted' ? plain(text, { ...base, color: SOFT }) : plain(text, base);
  };

  return {
    plain,
    muted: (text: string, options: IRunOptions = {}) => plain(text, { ...options, color: SOFT }),
    line: (text: Text, base: IRunOptions = {}): ParagraphChild[] => text.map((run) => toRun(run, base)),
  };
}

export type Words = ReturnType<typeof createWords>;
