import { crc32 } from 'node:zlib';
import type { Delivery, Scripted } from './model-server.ts';
import { writeEvents, writeMessages } from './model-server-messages.ts';

const INVOKE = /^\/model\/(?<model>[^/]+)\/(?<how>invoke|invoke-with-response-stream)$/;

/** The model and the way of a Bedrock invocation, from its path; null for any other path. */
export function bedrockModelOf(path: string): { readonly model: string; readonly stream: boolean } | null {
  const groups = INVOKE.exec(path)?.groups;
  if (groups === undefined) return null;
  return { model: decodeURIComponent(groups['model'] ?? ''), stream: groups['how'] !== 'invoke' };
}

/** Writes an answer as Bedrock does: the Messages shape, streamed in AWS' binary event frames. */
export async function writeBedrock(
  delivery: Delivery,
  scripted: Exclude<Scripted, { kind: 'status' | 'hang' }>,
): Promise<void> {
  const { response, asked } = delivery;
  if (!asked.stream) return writeMessages(delivery, scripted);
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  const isWhole = await writeEvents(delivery, scripted, (event) => {
    response.write(frame(JSON.stringify({ bytes: Buffer.from(JSON.stringify(event)).toString('base64') })));
  });
  if (isWhole) response.end();
}

const STRING_HEADER = 7;

/** One message of the encoding `application/vnd.amazon.eventstream`: lengths, headers, payload, two checksums. */
function frame(payload: string): Buffer {
  const headers = Buffer.concat(
    [
      [':event-type', 'chunk'],
      [':content-type', 'application/json'],
      [':message-type', 'event'],
    ].map(([name = '', value = '']) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(value.length);
      return Buffer.concat([
        Buffer.from([name.length]),
        Buffer.from(name),
        Buffer.from([STRING_HEADER]),
        length,
        Buffer.from(value),
      ]);
    }),
  );
  const body = Buffer.from(payload);
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const start = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([start, checksum(start)]);
}

function checksum(bytes: Buffer): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value;
}
