import type { FileChild, ISectionOptions } from 'docx';
import type { ReportDocument } from '../document/document.ts';
import type { WordTemplate } from '../document/template.ts';
import { introduces } from '../typeset/introduces.ts';
import type { Stamp } from '../typeset/stamp.ts';
import { svgSize } from '../typeset/svg-size.ts';
import { wellFormed } from '../typeset/well-formed.ts';
import { createBlocks } from './blocks.ts';
import { drawFigures, figuresOf } from './draw-figures.ts';
import { drawPng } from './draw-png.ts';
import { makeRepeatable } from './make-repeatable.ts';
import { BODY_WIDTH, stylesOf } from './styles.ts';
import type { Docx } from './words.ts';

/** Millimetres in twentieths of a point. */
const MM = 56.693;
const LOCALES = { en: 'en-US', de: 'de-DE' } as const;
type Blocks = ReturnType<typeof createBlocks>;

/**
 * A report for Word: its heading styles (those of a Word file, where one is given), real tables, charts as images with alternative texts, contents, page numbers. Equal input gives equal bytes.
 * @throws RiskError `OUTPUT_FAILED` where the drawer of charts is not installed
 */
export async function renderDocx(
  document: ReportDocument,
  { assessmentId, createdAt }: Stamp,
  word: WordTemplate | null = null,
): Promise<Uint8Array> {
  const docx = await import('docx');
  const pictures = await drawFigures(document);
  const blocks = createBlocks(docx, document, pictures);
  const { cover, branding, language, sections } = document;
  const brief = createBlocks(docx, document, pictures, true);
  const [first = [], ...others] = await sectionsOf(sections, (id) => (id === 'summary' ? brief : blocks));
  const children: FileChild[] = [
    ...(await titleOf(docx, document, blocks)),
    ...first,
    ...aboutOf(docx, document, blocks),
    ...others.flat(),
  ];
  const file = new docx.Document({
    title: wellFormed(`${cover.title}: ${cover.scope}`),
    subject: wellFormed(cover.scope),
    creator: wellFormed(branding.organisation ?? 'ERAS'),
    lastModifiedBy: wellFormed(branding.organisation ?? 'ERAS'),
    description: wellFormed(`${cover.classification ?? ''} ${assessmentId}`.trim()),
    styles: stylesOf(LOCALES[language], branding.accent),
    numbering: { config: listsOf(docx) },
    sections: [{ ...pageOf(docx, document, assessmentId, blocks), children }],
  });
  return makeRepeatable(await partsOf(docx, file), createdAt, word);
}

/** What the writer's archive offers of an entry. */
interface ArchiveEntry {
  readonly dir: boolean;
  async(type: 'uint8array'): Promise<Uint8Array>;
}

/**
 * The parts of a document by name. The writer's own packer compresses them first, an eighth of the whole time, only for them to be unpacked and changed: so its compiler is asked, which is
 * not in its types.
 */
async function partsOf(docx: Docx, file: InstanceType<Docx['Document']>): Promise<Record<string, Uint8Array>> {
  const compiler = docx.Packer['compiler'] as {
    compile(file: unknown): { readonly files: Readonly<Record<string, ArchiveEntry>> };
  };
  const entries = Object.entries(compiler.compile(file).files).filter(([, { dir }]) => !dir);
  return Object.fromEntries(
    await Promise.all(entries.map(async ([name, entry]) => [name, await entry.async('uint8array')] as const)),
  );
}

async function titleOf(docx: Docx, { cover, branding }: ReportDocument, { words, paragraph }: Blocks) {
  const { logo } = branding;
  const title = new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: [words.plain(cover.title)] });
  const scope = paragraph('Normal', [words.muted(cover.scope)]);
  if (logo === null) return [title, scope];
  const bytes = Buffer.from(logo.base64, 'base64');
  const isSvg = logo.mediaType === 'image/svg+xml';
  const size = isSvg ? svgSize(bytes.toString()) : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const height = 48;
  const width =
    size === null ? height * 3 : Math.min(260, Math.round((height * size.width) / Math.max(1, size.height)));
  const image = new docx.ImageRun({
    type: 'png',
    data: isSvg ? await drawPng(bytes) : bytes,
    transformation: { width, height },
    altText: { id: '1000', name: 'logo', title: wellFormed(logo.alt), description: wellFormed(logo.alt) },
  });
  return [paragraph('Figure', [image]), title, scope];
}

/** The sections in their order. Those without charts are built first, in the time in which other threads draw. */
async function sectionsOf(
  sections: ReportDocument['sections'],
  blocksFor: (id: string) => Blocks,
): Promise<FileChild[][]> {
  const hasFigures = (section: ReportDocument['sections'][number]) => figuresOf(section.blocks).length > 0;
  const built = new Map<(typeof sections)[number], FileChild[]>();
  for (const section of [...sections].sort((one, other) => Number(hasFigures(one)) - Number(hasFigures(other))))
    built.set(section, await sectionOf(section, blocksFor(section.id)));
  return sections.map((section) => built.get(section) ?? []);
}

async function sectionOf(
  { id, title, blocks }: ReportDocument['sections'][number],
  { heading, words, toChildren }: Blocks,
): Promise<FileChild[]> {
  const children: FileChild[] = [heading(1, [words.plain(title)], `section-${id}`)];
  for (const [index, block] of blocks.entries())
    children.push(...(await toChildren(block, 2, introduces(block, blocks[index + 1]))));
  return children;
}

function aboutOf(docx: Docx, { cover, sections, words }: ReportDocument, blocks: Blocks): FileChild[] {
  const entries = sections.map(({ title }) => ({ title: wellFormed(title), level: 1 }));
  return [
    // A paragraph of its own for the break would be a page of its own after a full one.
    new docx.Paragraph({ style: 'TableTitle', pageBreakBefore: true, children: [blocks.words.plain(words.about)] }),
    blocks.tables.toFacts(cover.facts),
    ...blocks.titled(cover.dataDates),
    ...cover.notes.map((note) => blocks.paragraph('Note', [blocks.words.plain(note)])),
    blocks.paragraph('TableTitle', [blocks.words.plain(words.contents)]),
    // Filled here; Word counts the pages when the reader updates the field, and asks nothing on opening.
    new docx.TableOfContents(wellFormed(words.contents), {
      hyperlink: true,
      headingStyleRange: '1-2',
      cachedEntries: entries,
      beginDirty: false,
    }),
  ];
}

function pageOf(
  docx: Docx,
  { cover, branding, words }: ReportDocument,
  assessmentId: string,
  { words: make }: Blocks,
): Omit<ISectionOptions, 'children'> {
  const { PageNumber, TabStopType, Paragraph } = docx;
  const small = { size: 15, color: '4D4D4D' };
  const tabStops = [
    { type: TabStopType.CENTER, position: BODY_WIDTH / 2 },
    { type: TabStopType.RIGHT, position: BODY_WIDTH },
  ];
  const tab = () => new docx.TextRun({ children: [new docx.Tab()] });
  const header = [
    make.plain(branding.organisation ?? cover.title, small),
    tab(),
    make.plain(cover.classification ?? '', { size: 17, bold: true }),
    tab(),
    make.plain(cover.scope, small),
  ];
  const footer = [
    make.plain(assessmentId, small),
    tab(),
    tab(),
    make.plain(`${words.page} `, small),
    new docx.TextRun({ ...small, children: [PageNumber.CURRENT] }),
    make.plain(` ${words.of} `, small),
    new docx.TextRun({ ...small, children: [PageNumber.TOTAL_PAGES] }),
  ];
  const side = Math.round(18 * MM);
  return {
    properties: {
      page: {
        size: { width: Math.round(210 * MM), height: Math.round(297 * MM) },
        margin: { top: Math.round(21 * MM), bottom: Math.round(19 * MM), left: side, right: side },
      },
    },
    headers: {
      default: new docx.Header({ children: [new Paragraph({ style: 'Running', tabStops, children: header })] }),
    },
    footers: {
      default: new docx.Footer({ children: [new Paragraph({ style: 'Running', tabStops, children: footer })] }),
    },
  };
}

function listsOf({ LevelFormat, AlignmentType }: Docx) {
  const style = { paragraph: { indent: { left: 300, hanging: 240 }, spacing: { after: 40 } } };
  const shared = { level: 0, alignment: AlignmentType.START, style } as const;
  return [
    { reference: 'dots', levels: [{ ...shared, format: LevelFormat.BULLET, text: '•' }] },
    { reference: 'steps', levels: [{ ...shared, format: LevelFormat.DECIMAL, text: '%1.' }] },
  ];
}
