import { failure, type Result, success } from '../../kernel/result.ts';
import type { Logo } from './document.ts';

/** A logo is small; more is a photograph. */
export const LARGEST_LOGO = 256 * 1024;

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What an SVG file can do beside being a picture: scripts, handlers, entities, foreign markup, and anything loaded from elsewhere. */
const ACTIVE_SVG = [
  /<\s*(?:script|foreignobject|iframe|embed|object|animate|set|!doctype|!entity|\?xml-stylesheet)/i,
  /\son\w+\s*=|javascript:|@import/i,
  /url\s*\(\s*(?:"(?!#)|'(?!#)|(?![\s"'#]))/i,
  /href\s*=\s*(?:"(?!#|data:image\/png)|'(?!#|data:image\/png)|(?![\s"']))/i,
];

/** Recognises a logo by its content: PNG, or an SVG that is a picture and nothing more. */
export function parseLogo(bytes: Uint8Array, alt: string): Result<Logo, string> {
  if (bytes.length > LARGEST_LOGO) return failure(`it has ${bytes.length} bytes; at most ${LARGEST_LOGO} are taken`);
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    return success({ mediaType: 'image/png', base64: toBase64(bytes), alt });
  }
  const text = new TextDecoder().decode(bytes);
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg[\s>]/.test(text))
    return failure('it is neither PNG nor SVG');
  if (ACTIVE_SVG.some((pattern) => pattern.test(text))) {
    return failure('the SVG has scripts, animation or references to other files; export it as a plain picture');
  }
  return success({ mediaType: 'image/svg+xml', base64: toBase64(bytes), alt });
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
