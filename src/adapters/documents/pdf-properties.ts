import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { DocumentProperties } from './document-properties.ts';

/** What PDFium itself offers and its wrapper does not: the handle of a document, and the text of its entries. */
interface Handle {
  readonly documentIdx: number;
  readonly module: {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { readonly malloc: (size: number) => number; readonly free: (at: number) => void };
    /** Bytes of UTF-16LE with the zero at its end. */
    readonly _FPDF_GetMetaText: (document: number, tag: number, buffer: number, length: number) => number;
  };
}

/** Longer entries are no titles. */
const MOST_BYTES = 4000;

/** The document information of a PDF (ISO 32000-1, section 14.3.3). */
export function pdfProperties(pdf: PDFiumDocument): DocumentProperties {
  const handle = pdf as unknown as Handle;
  return { title: entry(handle, 'Title'), created: entry(handle, 'CreationDate'), modified: entry(handle, 'ModDate') };
}

function entry({ documentIdx, module }: Handle, name: string): string {
  const { malloc, free } = module.wasmExports;
  const tag = Buffer.from(`${name}\0`);
  const at = malloc(tag.length + MOST_BYTES);
  try {
    // Taken anew: memory that has grown is another array.
    module.HEAPU8.set(tag, at);
    const length = module._FPDF_GetMetaText(documentIdx, at, at + tag.length, MOST_BYTES);
    if (length <= 2 || length > MOST_BYTES) return '';
    return Buffer.from(module.HEAPU8.slice(at + tag.length, at + tag.length + length - 2)).toString('utf16le');
  } finally {
    free(at);
  }
}
