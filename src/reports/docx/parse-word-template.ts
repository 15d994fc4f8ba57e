import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { WordTemplate } from '../document/template.ts';
import { readableStyles } from './readable-styles.ts';
import { childrenOf, KEPT_AS_WRITTEN, type Node, STYLE_XML } from './style-nodes.ts';

/** A template's styles and theme are pages of XML; its pictures and texts are not read. */
const LARGEST_PART = 4 * 2 ** 20;
const STYLES = 'word/styles.xml';
const THEME = /^word\/theme\/theme\d*\.xml$/;
const STYLES_ROOT = /^\s*(?:<\?xml[^>]*\?>\s*)?<w:styles[\s>]/;

/**
 * Reads a Word file (.docx, .dotx) as a template: its styles, and the theme that they take fonts and colours from. The failure says what is wrong with it.
 */
export function parseWordTemplate(bytes: Uint8Array): Result<WordTemplate, string> {
  const tooLarge: string[] = [];
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name !== STYLES && !THEME.test(name)) return false;
        if (originalSize > LARGEST_PART) tooLarge.push(name);
        return originalSize <= LARGEST_PART;
      },
    });
  } catch {
    return failure('it is no Word file (.docx or .dotx), or it is broken or protected by a password');
  }
  const [large] = tooLarge;
  if (large !== undefined) return failure(`its ${large} is larger than ${LARGEST_PART / 2 ** 20} MB`);
  const utf16 = Object.keys(parts).find((name) => isUtf16(parts[name]));
  if (utf16 !== undefined) {
    return failure(
      `its ${utf16} is written in UTF-16, which is not read; open it with Word and save it again, which writes UTF-8`,
    );
  }
  const styles = textOf(parts[STYLES]);
  const theme = textOf(Object.entries(parts).find(([name]) => THEME.test(name))?.[1]);
  if ([styles, theme].some((text) => text !== null && /<!DOCTYPE|<!ENTITY/i.test(text))) {
    return failure('its XML declares entities, which Word never writes');
  }
  if (styles === null || !STYLES_ROOT.test(styles)) {
    return failure('it has no styles as Word writes them (UTF-8, prefix w); save it with Word as .docx or .dotx');
  }
  if ([styles, theme].some((text) => text !== null && XMLValidator.validate(text) !== true)) {
    return failure('its XML is broken; open it with Word and save it again');
  }
  const root = childrenOf(new XMLParser({ ...STYLE_XML, ...KEPT_AS_WRITTEN }).parse(styles) as Node[], 'w:styles');
  return success({ styles, theme, unreadable: readableStyles(root).unreadable });
}

/** By its byte order mark, or by the zero in its first character. */
function isUtf16(bytes: Uint8Array | undefined): boolean {
  const [first, second] = bytes ?? [];
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}

function textOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : strFromU8(bytes).replace(/^\uFEFF/, '');
}
