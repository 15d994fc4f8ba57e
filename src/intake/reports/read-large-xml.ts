import { readXml } from './read-xml.ts';
import { type Report, type ReportItem, toReport, type XmlFormat } from './report-format.ts';
import { splitXml } from './split-xml.ts';
import { badFile, type TextSource, WHOLE_LIMIT_BYTES } from './text-source.ts';

/** Elements that are read together, characters. */
const AT_ONCE = 4 * 2 ** 20;

/** What stands before the first of the long list's elements, and behind it; that element tells the format. */
interface Outline {
  readonly before: string;
  readonly first: string;
  readonly after: string;
}

/**
 * Reads an XML document that is too large to be held, with some elements of its long list at a time and all else in place. Null: it is of none of the formats.
 * @throws RiskError `BAD_INPUT` where it cannot be read, or is large by something else
 */
export async function readLargeXml(source: TextSource, formats: readonly XmlFormat[]): Promise<Report | null> {
  const outline = await readOutline(source, new Set(formats.flatMap(({ large }) => large)));
  const document = readXml(source.name, outline.before + outline.first + outline.after);
  const format = formats.find((one) => one.matches(document));
  if (format === undefined) return null;
  return toReport(format, readInParts(source, format, outline));
}

async function readOutline(source: TextSource, paths: ReadonlySet<string>): Promise<Outline> {
  const [before, after]: [string[], string[]] = [[], []];
  let [first, length]: [string | null, number] = [null, 0];
  for await (const { kind, text } of splitXml(source, paths)) {
    if (kind === 'element') {
      first ??= text;
      continue;
    }
    length += text.length;
    if (length > WHOLE_LIMIT_BYTES) {
      throw badFile(source.name, 'is XML of more than 64 MB that cannot be read in parts; split it');
    }
    (first === null ? before : after).push(text);
  }
  return { before: before.join(''), first: first ?? '', after: after.join('') };
}

/** All beside the long list first, then the list a part at a time; what the rest gives again with each part is told once. */
async function* readInParts(
  source: TextSource,
  format: XmlFormat,
  { before, after }: Outline,
): AsyncGenerator<ReportItem> {
  const told = new Set<string>();
  for (const item of format.read(readXml(source.name, before + after))) {
    if ('position' in item) told.add(item.position);
    yield item;
  }
  const read = function* (elements: readonly string[]): Generator<ReportItem> {
    for (const item of format.read(readXml(source.name, before + elements.join('') + after))) {
      if (item.kind === 'looked' || (item.kind !== 'subject' && !told.has(item.position))) yield item;
    }
  };
  let [elements, length]: [string[], number] = [[], 0];
  for await (const { kind, text } of splitXml(source, new Set(format.large))) {
    if (kind === 'rest') continue;
    elements.push(text);
    length += text.length;
    if (length < AT_ONCE) continue;
    yield* read(elements);
    [elements, length] = [[], 0];
  }
  if (elements.length > 0) yield* read(elements);
}
