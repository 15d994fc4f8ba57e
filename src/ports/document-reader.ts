import type { DocumentFields, ReadDocument, ReadingNote } from '../domain/knowledge/document.ts';
import type { Result } from '../kernel/result.ts';

/** What one document may take. */
export interface ReadLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxPages: number;
}

/** A document that was read, and the SHA-256 of its bytes in hexadecimal. */
export interface DocumentFile {
  readonly contentHash: string;
  readonly document: ReadDocument;
}

/** What somebody says of a document, in front of it or beside it. */
export interface SaidFields {
  readonly fields: DocumentFields;
  readonly notes: readonly ReadingNote[];
}

/** What is not read where documents are looked for, and why: one line with what to do. */
export interface SkippedFile {
  /** Absolute. */
  readonly path: string;
  readonly reason: string;
}

/** Reads documents, some at a time, each apart from the others: one that is hostile or huge costs its own result and no other. */
export interface DocumentReader {
  /** Documents at the same time. */
  readonly workers: number;
  /** The SHA-256 of a file's bytes; the failure is one line. */
  hash(path: string, limits: ReadLimits): Promise<Result<string, string>>;
  /** The failure is one line that says what is wrong, without the path. */
  read(path: string, limits: ReadLimits, signal: AbortSignal): Promise<Result<DocumentFile, string>>;
  close(): Promise<void>;
}
