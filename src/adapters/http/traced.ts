import type { HttpOutcome, HttpRequest } from '../../ports/http-client.ts';
import type { Tracing } from '../../ports/tracing.ts';
import { methodOf } from './try-errand.ts';

/**
 * Runs a request, its waits and tries included, in a span of its own. The address is given without its query and credentials, which may be
 * secrets, and without its path, which may hold ids of the user's own.
 */
export function traced<Body>(
  tracing: Tracing,
  request: HttpRequest,
  work: () => Promise<HttpOutcome<Body>>,
): Promise<HttpOutcome<Body>> {
  const method = methodOf(request);
  const attributes = { 'http.request.method': method, 'eras.source': request.source, ...addressOf(request.url) };
  return tracing.inSpan({ kind: 'source', name: `${method} ${request.source}`, attributes }, async (span) => {
    const outcome = await work();
    if (outcome.status !== null) span.set({ 'http.response.status_code': outcome.status });
    // What answers the question is no failure, whatever its status.
    const isAnswer = !outcome.ok && outcome.status !== null && request.answers?.(outcome.status, outcome.header);
    if (!outcome.ok && !isAnswer) span.fail(outcome.status === null ? 'no answer' : `HTTP ${outcome.status}`);
    return outcome;
  });
}

function addressOf(text: string): Readonly<Record<string, string | number>> {
  if (!URL.canParse(text)) return {};
  const { hostname, port, protocol } = new URL(text);
  const standard = protocol === 'https:' ? 443 : 80;
  return { 'server.address': hostname, 'server.port': port === '' ? standard : Number(port) };
}
