import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Asked, countServerTokens, type Scripted, send } from './model-server.ts';
import { type MessagesBody, messageOf, readMessages } from './model-server-messages.ts';

interface BatchRequest {
  readonly custom_id: string;
  readonly params: MessagesBody;
}

const PATH = /^\/v1\/messages\/batches(?:\/(?<id>[\w-]+)(?<results>\/results)?)?$/;

/** The Message Batches API: a batch is paid for when it is made, and ended when it is looked at again, unless it is held. */
export function createBatches(answer: (asked: Asked) => Scripted, isHeld: () => boolean) {
  const batches = new Map<string, readonly object[]>();
  const seen = new Set<string>();
  const gone = new Set<string>();

  function describe(id: string, origin: string) {
    const requests = batches.get(id) ?? [];
    const isEnded = seen.has(id) && !isHeld();
    seen.add(id);
    return {
      id,
      type: 'message_batch',
      processing_status: isEnded ? 'ended' : 'in_progress',
      request_counts: {
        processing: isEnded ? 0 : requests.length,
        succeeded: isEnded ? requests.length : 0,
        errored: 0,
        canceled: 0,
        expired: 0,
      },
      created_at: '2026-01-01T00:00:00Z',
      expires_at: '2026-01-02T00:00:00Z',
      ended_at: isEnded ? '2026-01-01T00:00:01Z' : null,
      results_url: isEnded ? `${origin}/v1/messages/batches/${id}/results` : null,
    };
  }

  function resultOf({ custom_id, params }: BatchRequest, headers: IncomingMessage['headers']) {
    const asked = readMessages('anthropic', params, headers);
    const scripted = answer(asked);
    if (scripted.kind !== 'answer') {
      const error = { type: 'error', error: { type: 'api_error', message: 'scripted' } };
      return { custom_id, result: { type: 'errored', error } };
    }
    const usage = { input_tokens: countServerTokens(asked.system) + countServerTokens(asked.user) };
    return { custom_id, result: { type: 'succeeded', message: messageOf(asked, scripted, usage) } };
  }

  return {
    forget: () => {
      for (const id of batches.keys()) gone.add(id);
    },
    /** True where the request was one for batches. */
    handle({ headers, method }: IncomingMessage, path: string, text: string, response: ServerResponse): boolean {
      const groups = PATH.exec(path)?.groups;
      if (!PATH.test(path)) return false;
      const origin = `http://${headers.host}`;
      const id = groups?.['id'];
      if (id === undefined) {
        const made = `msgbatch_${batches.size + 1}`;
        const { requests } = JSON.parse(text) as { requests: BatchRequest[] };
        batches.set(
          made,
          requests.map((request) => resultOf(request, headers)),
        );
        send(response, 200, describe(made, origin));
      } else if (groups?.['results'] !== undefined) {
        const lines = (batches.get(id) ?? []).map((result) => JSON.stringify(result));
        response.writeHead(200, { 'content-type': 'application/x-jsonl' }).end(`${lines.join('\n')}\n`);
      } else if (batches.has(id) && !gone.has(id)) send(response, method === 'GET' ? 200 : 405, describe(id, origin));
      else send(response, 404, { type: 'error', error: { type: 'not_found_error', message: 'no such batch' } });
      return true;
    },
  };
}
