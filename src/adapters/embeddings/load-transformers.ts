import { createRequire } from 'node:module';
import { RiskError } from '../../kernel/risk-error.ts';

const PACKAGE = '@huggingface/transformers';
/** The version that the tests run with. */
const VERSION = '4.3.2';

/** What of the library is used. */
export interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: {
      readonly local_files_only: true;
      readonly dtype: string;
      readonly subfolder: string;
    },
  ): Promise<Extractor>;
}

/** Gives the vectors of texts, one row each. */
export type Extractor = (
  texts: readonly string[],
  options: { readonly pooling: 'mean'; readonly normalize: true },
) => Promise<{ readonly dims: readonly number[]; readonly data: ArrayLike<number> }>;

/**
 * Finds the library, which is some 450 MB and no part of ERAS: beside it, above it, or in a folder of NODE_PATH. What is returned loads it.
 * @throws RiskError `BAD_INPUT` that says how to install it
 */
export function findTransformers(): () => Transformers {
  const require = createRequire(import.meta.url);
  let path: string;
  try {
    path = require.resolve(PACKAGE);
  } catch (error) {
    throw new RiskError({
      code: 'BAD_INPUT',
      message: `ERAS_EMBEDDER is onnx, but the library for it is not installed: npm install ${PACKAGE}@${VERSION}`,
      cause: error,
    });
  }
  return () => require(path) as Transformers;
}
