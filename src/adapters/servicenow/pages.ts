import type { HeaderReader } from '../../ports/http-client.ts';

/** A page that has been read: where it was, and what came. */
export interface ReadPage {
  readonly url: URL;
  readonly header: HeaderReader;
  /** Rows on it. */
  readonly size: number;
  /** Whether it brought a row that no page before had. */
  readonly isNews: boolean;
}

/**
 * Where the next page is; null after the last. Rows that the account may not see are left out of pages, so that a short or an empty page is
 * not the last one: the header `Link` tells, else the count of all rows, else a page without news.
 */
export function nextPage(page: ReadPage): URL | null {
  const link = page.header('link');
  if (link !== null && link !== '') {
    const next = linkTo(link, 'next');
    if (next === null) return null;
    const url = URL.canParse(next, page.url.href) ? new URL(next, page.url.href) : null;
    // An instance behind another name links to itself by its own.
    return url !== null && isSameTable(url, page.url) ? url : byOffset(page);
  }
  const total = totalOf(page.header);
  if (total !== null) return offsetAfter(page) < total ? byOffset(page) : null;
  return page.isNews ? byOffset(page) : null;
}

/** How many rows the query selects, those that the account may not see among them (REST API, `X-Total-Count`); null where the instance does not say. */
export function totalOf(header: HeaderReader): number | null {
  const text = header('x-total-count')?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function isSameTable(left: URL, right: URL): boolean {
  const isBare = left.username === '' && left.password === '';
  return isBare && left.origin === right.origin && left.pathname === right.pathname;
}

/** By the rows that came: what the instance allows on a page may be less than what was asked for. */
function offsetAfter({ url, size }: ReadPage): number {
  const [offset, limit] = ['sysparm_offset', 'sysparm_limit'].map((name) => Number(url.searchParams.get(name) ?? 0));
  return (offset ?? 0) + (size === 0 ? (limit ?? 1) : size);
}

function byOffset(page: ReadPage): URL {
  const url = new URL(page.url);
  url.searchParams.set('sysparm_offset', String(offsetAfter(page)));
  return url;
}

/** The target of a relation in a header `Link` (RFC 8288). */
function linkTo(header: string, relation: string): string | null {
  for (const [, target, parameters] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (new RegExp(`;\\s*rel\\s*=\\s*"?${relation}"?\\s*(?:[;,]|$)`, 'i').test(parameters ?? '')) return target ?? null;
  }
  return null;
}
