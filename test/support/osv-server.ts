import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in for OSV knows. */
export interface OsvData {
  /** Ids of advisories by package URL with version. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  readonly advisories: Readonly<Record<string, object>>;
  /** A package whose list never ends. */
  readonly endless?: string;
}

/** A running stand-in for OSV. */
export interface OsvServer {
  readonly env: { readonly OSV_API_URL: string };
  /** Method and path of every request so far; of batches, how many queries they held. */
  readonly requests: string[];
  /** Answers everything with this status; null: as it should. */
  fail(status: number | null): void;
  close(): Promise<void>;
}

/** Ids of one query that a page holds: few, so that paging is seen. */
const PAGE = 2;

/** Starts a server on loopback that answers as OSV's API v1 does: batches of at most 1,000 queries, in pages, and records by id. */
export async function startOsvServer(data: OsvData): Promise<OsvServer> {
  const requests: string[] = [];
  let failing: number | null = null;
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    let text = '';
    for await (const piece of request) text += piece;
    const url = request.url ?? '';
    if (failing !== null) {
      requests.push(`${request.method} ${url}`);
      return send(failing, { code: 13, message: 'internal' });
    }
    if (request.method === 'POST' && url === '/v1/querybatch') {
      const { queries } = JSON.parse(text) as { queries: { package: { purl: string }; page_token?: string }[] };
      requests.push(`POST ${url} ${queries.length}`);
      if (queries.length > 1000) return send(400, { code: 3, message: 'Too many queries.' });
      return send(200, { results: queries.map((query) => answer(data, query)) });
    }
    requests.push(`${request.method} ${url}`);
    const id = decodeURIComponent(/^\/v1\/vulns\/([^/?]+)$/.exec(url)?.[1] ?? '');
    const record = data.advisories[id];
    return record === undefined ? send(404, { code: 5, message: 'Bug not found.' }) : send(200, record);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    env: { OSV_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    requests,
    fail: (status) => {
      failing = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer({ packages, endless }: OsvData, query: { package: { purl: string }; page_token?: string }) {
  const ids = packages[query.package.purl] ?? [];
  if (query.package.purl === endless) return { vulns: ids.map((id) => ({ id })), next_page_token: 'again' };
  const from = Number(query.page_token ?? 0);
  const vulns = ids.slice(from, from + PAGE).map((id) => ({ id, modified: '2026-01-01T00:00:00Z' }));
  if (vulns.length === 0) return {};
  return from + PAGE < ids.length ? { vulns, next_page_token: String(from + PAGE) } : { vulns };
}
