import sax from 'sax';
import { badFile, type TextSource, WHOLE_LIMIT_BYTES } from './text-source.ts';

/** Elements inside one another at most. */
export const MOST_DEPTH = 200;
const MOST_PIECE = WHOLE_LIMIT_BYTES;

/** A piece of an XML document, as it stands in it: one of the elements that a report is long by, or what stands between them. */
export interface XmlPiece {
  readonly kind: 'element' | 'rest';
  readonly text: string;
}

/**
 * Cuts an XML document into the elements at some paths (`NessusClientData_v2.Report.ReportHost`, names without prefix) and the rest, in order and without a sign lost.
 * @throws RiskError `BAD_INPUT` where it is no XML, defines entities, or one piece is too large to be held
 */
export async function* splitXml(source: TextSource, paths: ReadonlySet<string>): AsyncGenerator<XmlPiece> {
  const pieces: XmlPiece[] = [];
  const names: string[] = [];
  // What is not cut yet, where in the document it begins, and where in it the element that is open does.
  let [held, base, start]: [string, number, number | null] = ['', 0, null];
  let depthOfElement = 0;
  const parser = sax.parser(true, { position: true });

  function cut(kind: XmlPiece['kind'], end: number): void {
    if (end > base) pieces.push({ kind, text: held.slice(0, end - base) });
    held = held.slice(end - base);
    base = end;
  }
  parser.onopentag = ({ name }) => {
    names.push(name.slice(name.indexOf(':') + 1));
    if (names.length > MOST_DEPTH) throw broken(source.name, parser.line, 'its elements are nested too deeply');
    if (start !== null || !paths.has(names.join('.'))) return;
    start = parser.startTagPosition - 1;
    depthOfElement = names.length;
    cut('rest', start);
  };
  parser.onclosetag = () => {
    if (start !== null && names.length === depthOfElement) {
      cut('element', parser.position);
      start = null;
    }
    names.pop();
  };
  parser.ondoctype = (text) => {
    if (/<!ENTITY/i.test(text)) {
      throw badFile(source.name, 'defines XML entities, which may grow without bound; remove its DOCTYPE');
    }
  };
  parser.onerror = () => {
    throw broken(source.name, parser.line, 'is it whole?');
  };
  for await (const text of source.open()) {
    held += text;
    parser.write(text);
    if (start === null)
      cut('rest', parser.startTagPosition > base ? Math.min(parser.startTagPosition - 1, base + held.length) : base);
    if (held.length > MOST_PIECE) {
      throw badFile(source.name, `is XML with one part of more than ${WHOLE_LIMIT_BYTES / 2 ** 20} MB; split it`);
    }
    yield* pieces.splice(0);
  }
  parser.close();
  cut('rest', base + held.length);
  yield* pieces;
}

function broken(name: string, line: number, why: string) {
  return badFile(name, `begins like XML but cannot be read as XML (line ${line + 1}): ${why}`);
}
