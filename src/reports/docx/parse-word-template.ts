import { XMLValidator } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { WordTemplate } from '../document/template.ts';

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
  return success({ styles, theme });
}

function textOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : strFromU8(bytes).replace(/^\uFEFF/, '');
}
