import { connectionFailure, failureOfStatus, isOfInput } from '../../domain/language-model/model-failure.ts';
import type { EmbeddingFailure } from '../../ports/embedder.ts';

/** Why a call failed, in words of our own: the SDK's messages may quote requests. */
export function toEmbeddingFailure(thrown: unknown, now: Date): EmbeddingFailure {
  return { reason: reasonOf(thrown, now), isOfTexts: isOfInput(statusOf(thrown)) };
}

function reasonOf(thrown: unknown, now: Date): string {
  if (!(thrown instanceof Error)) return 'the call failed';
  if (thrown.message.startsWith('Region is missing')) return 'no AWS region is set (AWS_REGION)';
  const status = statusOf(thrown);
  if (status === undefined) return connectionFailure(thrown).reason;
  if (status >= 200 && status < 300) return 'the answer broke off or cannot be read';
  return failureOfStatus(status, null, null, now).reason;
}

/** The HTTP status that came; the SDK keeps it beside errors that it was told and those that it met in reading. */
function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error && '$metadata' in thrown)) return undefined;
  return (thrown.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}
