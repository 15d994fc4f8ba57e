/** Pages in rising order as ranges: `1-3, 7`. */
export function pageRanges(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && page === last[1] + 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** Whether a page is one of the ranges. */
export function isInRanges(page: number, ranges: string): boolean {
  return ranges.split(', ').some((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return page >= from && page <= to;
  });
}
