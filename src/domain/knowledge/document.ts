/** Kinds of documents that can be read. */
export const DOCUMENT_TYPES = ['pdf', 'docx', 'markdown', 'html', 'text', 'xlsx', 'csv'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** What a document is, whatever its author or anybody else says of it: these fields cannot be said. */
export const GIVEN_FIELDS: readonly string[] = ['type', 'path', 'ocr'];

/** What is said of a document under a name: a value, or several, each of which filters find. */
export type FieldValue = string | readonly string[];

/** Names in lower case. */
export type DocumentFields = Readonly<Record<string, FieldValue>>;

/** Fields of ids: a document that names one has it, too, whatever is said of it. */
export const ID_FIELDS: readonly string[] = ['cve', 'technique'];

/** A piece of a document as its author set it apart. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'table';
  /** Of a heading 1 to 6, the outermost first; else 0. */
  readonly level: number;
  /** Without markup; the rows of a table are lines. */
  readonly text: string;
  /** Counted from 1; null where the format has none. */
  readonly page: number | null;
  /** There where the first row of a table names its columns. */
  readonly isHeaded?: true;
}

/** What is to be said of how a document was read. */
export interface ReadingNote {
  /** `gap`: something of it was not taken in; `warning`: all of it was, otherwise than one may expect. */
  readonly kind: 'gap' | 'warning';
  /** One line without the document's path, with what to do. */
  readonly text: string;
}

/** A document as a reader understands it. */
export interface ReadDocument {
  readonly type: DocumentType;
  /** As the document itself gives it; null where it does not. */
  readonly title: string | null;
  readonly pages: number | null;
  readonly blocks: readonly Block[];
  /** What the author says of the document in front of it: names in lower case. */
  readonly fields: DocumentFields;
  readonly notes: readonly ReadingNote[];
}

/** What is known of a document beside its text. */
export interface DocumentRecord {
  /** Of its path: 128 bits of SHA-256, in hexadecimal. */
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly type: DocumentType;
  readonly pages: number | null;
  /** Of its content and of how it was read: SHA-256, in hexadecimal. */
  readonly hash: string;
  /** `YYYY-MM-DD` */
  readonly date: string | null;
  /** `risk_level`, `system`, `owner` and whatever else its author or whoever took it in says of it. */
  readonly fields: DocumentFields;
  /** Those of the fields that whoever took it in gave it, and nobody else: they hold until they are given anew. */
  readonly given?: DocumentFields;
}

/** Where a page begins in the text of a passage, in characters. */
export interface PageStart {
  readonly at: number;
  readonly page: number;
}

/** A part of a document that is found and cited as one. */
export interface Passage {
  /** Of document, place and text: the same document gives the same ids. */
  readonly id: string;
  readonly ordinal: number;
  /** The page that most of it is on. */
  readonly page: number | null;
  /** Where it is on more than one page: where each of them begins, in rising order. */
  readonly pages?: readonly PageStart[];
  /** The headings above it, outermost first, joined by " › ". */
  readonly section: string | null;
  readonly text: string;
  /** CVE ids, ATT&CK techniques and the like that it names, in upper case. */
  readonly ids: readonly string[];
}
