import { callFailure, type EmbeddingFailure, lastingFailure } from '../../domain/knowledge/embedding-failure.ts';
import { connectionFailure, failureOfStatus, passingFailure } from '../../domain/language-model/model-failure.ts';

/** What the SDK keeps of an answer beside errors that it was told, and those that it met in reading. */
interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Why a call failed, in words of our own: the SDK's messages may quote requests. */
export function toEmbeddingFailure(thrown: unknown, now: Date): EmbeddingFailure {
  if (!(thrown instanceof Error)) return lastingFailure('bad_answer', 'the call failed');
  if (thrown.message.startsWith('Region is missing'))
    return lastingFailure('unauthorized', 'no AWS region is set (AWS_REGION)');
  const { $metadata, $response } = thrown as Error & Answered;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return callFailure(connectionFailure(thrown), null);
  if (status >= 200 && status < 300)
    return callFailure(passingFailure('bad_answer', 'the answer broke off or cannot be read'), status);
  return callFailure(failureOfStatus(status, null, $response?.headers?.['retry-after'] ?? null, now), status);
}
