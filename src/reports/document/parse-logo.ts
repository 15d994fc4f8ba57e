import { failure, type Result, success } from '../../kernel/result.ts';
import type { Logo } from './document.ts';

/** A logo is small; more is a photograph. */
export const LARGEST_LOGO = 256 * 1024;

/** Pixels; a small file may unpack to a huge picture. */
const LARGEST_SIDE = 4096;
/** Length, type and checksum of a chunk. */
const CHUNK_OVERHEAD = 12;
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
    if (!isWholePng(bytes)) return failure('the PNG is broken or cut off; export it again');
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

/** Whether a PNG's chunks follow each other from its header over some data to its end (PNG, third edition, sections 5.3 to 5.6), with a size to be drawn. */
function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = PNG_SIGNATURE.length;
  let hasData = false;
  while (at + CHUNK_OVERHEAD <= bytes.length) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const isFirst = at === PNG_SIGNATURE.length;
    if (isFirst !== (type === 'IHDR')) return false;
    if (isFirst && !isDrawable(view.getUint32(at + 8), view.getUint32(at + 12))) return false;
    if (type === 'IEND') return hasData;
    hasData ||= type === 'IDAT';
    at += CHUNK_OVERHEAD + view.getUint32(at);
  }
  return false;
}

function isDrawable(width: number, height: number): boolean {
  return width > 0 && height > 0 && width <= LARGEST_SIDE && height <= LARGEST_SIDE;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
