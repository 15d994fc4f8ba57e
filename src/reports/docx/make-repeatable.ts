import { strFromU8, strToU8, zipSync } from 'fflate';
import type { WordTemplate } from '../document/template.ts';
import { applyWordTemplate } from './apply-word-template.ts';

/** Ids of relationships that the writer draws by chance. */
const RANDOM_ID = /\brId[a-z0-9_-]{21}(?=")/g;
/** The first day that a ZIP file can tell. */
const NO_DATE = '1980-01-01T12:00:00';

/** The contents as the writer makes them: a field in one run within a control for plain text, where LibreOffice shows its code. */
const FIELD_START =
  /(<w:fldChar w:fldCharType="begin"[^>]*\/>)(<w:instrText [^>]*>[^<]*<\/w:instrText>)(<w:fldChar w:fldCharType="separate"\/>)/g;
const CONTROL = /<w:sdt><w:sdtPr>.*?<\/w:sdtPr><w:sdtContent>|<\/w:sdtContent><\/w:sdt>/g;

/**
 * The file of these parts with ids counted instead of drawn and the assessment's date instead of the clock's: equal input gives equal bytes. With a Word file's look,
 * where one is given.
 */
export function makeRepeatable(
  written: Readonly<Record<string, Uint8Array>>,
  createdAt: string,
  word: WordTemplate | null = null,
): Uint8Array {
  const parts = word === null ? written : withLook(written, word);
  const names = Object.keys(parts).sort();
  const ids = new Map<string, string>();
  const counted = (id: string) => {
    const known = ids.get(id) ?? `rIdLink${ids.size + 1}`;
    ids.set(id, known);
    return known;
  };
  const entries = names.map((name): [string, Uint8Array | [Uint8Array, { level: 0 }]] => {
    const bytes = parts[name] ?? new Uint8Array();
    // Pictures are compressed as they are: again takes as long as all the rest and gives little.
    if (name.endsWith('.png')) return [name, [bytes, { level: 0 }]];
    if (name === 'docProps/core.xml') return [name, strToU8(dated(strFromU8(bytes), createdAt))];
    const hasIds = name === 'word/document.xml' || name === 'word/_rels/document.xml.rels';
    return [name, hasIds ? strToU8(tidy(strFromU8(bytes)).replace(RANDOM_ID, counted)) : bytes];
  });
  return zipSync(Object.fromEntries(entries), { mtime: NO_DATE, level: 6 });
}

function withLook(parts: Readonly<Record<string, Uint8Array>>, word: WordTemplate): Record<string, Uint8Array> {
  const isText = (name: string) => /\.(?:xml|rels)$/.test(name);
  const texts = Object.entries(parts).filter(([name]) => isText(name));
  const looked = applyWordTemplate(Object.fromEntries(texts.map(([name, bytes]) => [name, strFromU8(bytes)])), word);
  return {
    ...parts,
    ...Object.fromEntries(Object.entries(looked).map(([name, text]) => [name, strToU8(text)])),
  };
}

function dated(core: string, createdAt: string): string {
  const at = `${createdAt.slice(0, 19)}Z`;
  return core.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${at}`);
}

function tidy(xml: string): string {
  return xml.replace(FIELD_START, '$1</w:r><w:r>$2</w:r><w:r>$3').replace(CONTROL, '');
}
