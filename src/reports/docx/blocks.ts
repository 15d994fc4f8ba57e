import type { FileChild, ParagraphChild } from 'docx';
import type { Block, FigureBlock, ProseBlock, ReportDocument, TableBlock } from '../document/document.ts';
import { introduces } from '../typeset/introduces.ts';
import { fitPoints } from '../typeset/svg-size.ts';
import { wellFormed } from '../typeset/well-formed.ts';
import type { Picture } from './draw-figures.ts';
import { createTables } from './tables.ts';
import { createWords, type Docx } from './words.ts';

/** What a chart may fill, in points. */
const BOX = { width: 490, height: 560 };
const DOT = { numbering: { reference: 'dots', level: 0 } };
/** Above and below a heading where space is short, in twentieths of a point. */
const BRIEF_HEADING = { before: 110, after: 30 };
/** Numbers of ordered lists of a brief section, apart from those of all others. */
const BRIEF_LISTS = 1000;
const TONES = { lead: 'Lead', plain: 'Normal', note: 'Note', warning: 'Warning' } as const;

/** Makes Word's paragraphs and tables of blocks. `isBrief`: in small letters and little space, for what is to fit one page. */
export function createBlocks(
  docx: Docx,
  { sections }: ReportDocument,
  pictures: ReadonlyMap<FigureBlock, Promise<Picture>>,
  isBrief = false,
) {
  const body = isBrief ? 'Brief' : 'Normal';
  const targets = new Set(sections.flatMap(({ blocks }) => blocks.flatMap(idsOf)));
  const words = createWords(docx, targets);
  const tables = createTables(docx, words);
  const { Paragraph } = docx;
  const brief = isBrief ? { style: body } : {};
  const levels = [docx.HeadingLevel.HEADING_1, docx.HeadingLevel.HEADING_2, docx.HeadingLevel.HEADING_3] as const;
  let lists = isBrief ? BRIEF_LISTS : 0;

  const heading = (depth: number, children: readonly ParagraphChild[], id?: string) =>
    new Paragraph({
      keepNext: true,
      heading: levels[Math.min(depth, levels.length) - 1] ?? levels[0],
      ...(isBrief && depth > 1 ? { spacing: BRIEF_HEADING } : {}),
      children: id === undefined ? children : [new docx.Bookmark({ id, children })],
    });
  const paragraph = (style: string, children: readonly ParagraphChild[]) => new Paragraph({ style, children });

  /** Stays with what it names, whatever a template's style says. */
  const caption = (text: string) =>
    new Paragraph({ style: 'TableTitle', keepNext: true, children: [words.plain(text)] });

  const prose = ({ label, sentences, mark, language }: ProseBlock, depth: number): FileChild[] => {
    const base = { language: { value: language } };
    const runs = sentences.flatMap(({ text, cites }) => [
      ...(mark === '' ? [] : [words.muted(`[${mark}]\u00a0`, { bold: true, size: 15 })]),
      words.plain(text, base),
      ...(cites.length === 0 ? [] : [words.muted(`\u00a0[${cites.join(', ')}]`, { size: 15 })]),
      words.plain(' '),
    ]);
    return [...(label === null ? [] : [heading(depth, [words.plain(label)])]), paragraph(body, runs)];
  };

  const titled = (table: TableBlock): FileChild[] => [
    ...(table.caption === '' ? [] : [caption(table.caption)]),
    tables.toTable(table),
    paragraph('Note', table.note === null ? [] : [words.plain(table.note)]),
  ];

  const figure = async (block: FigureBlock): Promise<FileChild[]> => {
    const { chart, alt } = block;
    const heat = tables.toHeat(block);
    if (heat !== null) return [caption(chart.words.title), heat, paragraph('Note', [])];
    const picture = await pictures.get(block);
    if (picture === undefined) throw new Error(`the chart ${chart.name} was not drawn`);
    const { width, height } = fitPoints(picture.size ?? BOX, BOX);
    const image = new docx.ImageRun({
      type: 'png',
      data: picture.png,
      // In pixels of 1/96 inch.
      transformation: { width: Math.round((width * 4) / 3), height: Math.round((height * 4) / 3) },
      altText: {
        id: String(picture.number),
        name: `chart-${picture.number}`,
        title: wellFormed(chart.words.title),
        description: wellFormed(alt),
      },
    });
    return [paragraph('Figure', [image])];
  };

  const toChildren = async (block: Block, depth: number, keepNext = false): Promise<FileChild[]> => {
    switch (block.kind) {
      case 'paragraph':
        return [
          new Paragraph({
            style: block.tone === 'plain' ? body : TONES[block.tone],
            keepNext,
            children: words.line(block.text),
          }),
        ];
      case 'prose':
        return prose(block, depth);
      case 'list': {
        lists += 1;
        const numbered = { numbering: { reference: 'steps', level: 0, instance: lists } };
        const style = block.isOrdered ? numbered : DOT;
        return block.items.map((item) => new Paragraph({ ...style, ...brief, children: words.line(item) }));
      }
      case 'facts':
        return [tables.toFacts(block.items), paragraph('Cell', [])];
      case 'answers':
        return block.items.flatMap(({ question, answer }) => [
          heading(depth, [words.plain(question)]),
          ...answer.map((item) => new Paragraph({ ...DOT, ...brief, children: words.line(item) })),
        ]);
      case 'counts': {
        const items = block.items.flatMap(({ level, word, shown }) => [
          words.plain(`${shown} `, { bold: true, size: 28 }),
          ...words.line([{ text: word, level }]),
          words.plain('    '),
        ]);
        return [new Paragraph({ spacing: { before: 160, after: 120 }, children: items })];
      }
      case 'table':
        return titled(block);
      case 'figure':
        return figure(block);
      case 'group': {
        const children: FileChild[] = [heading(depth, words.line(block.title), block.id)];
        for (const [index, inner] of block.blocks.entries())
          children.push(...(await toChildren(inner, depth + 1, introduces(inner, block.blocks[index + 1]))));
        return children;
      }
    }
  };
  return { words, tables, heading, paragraph, titled, toChildren };
}

function idsOf(block: Block): string[] {
  return block.kind === 'group' ? [block.id, ...block.blocks.flatMap(idsOf)] : [];
}
