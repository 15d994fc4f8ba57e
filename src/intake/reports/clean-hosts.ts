import type { Host } from '../../domain/finding/sighting.ts';
import type { ReportItem } from './report-format.ts';

/** Told that a host was scanned, whatever was found on it; null where it has no name. */
export type OnScanned = (host: Host | null) => void;

/** Passes on what a scan of hosts lists, and after it the hosts that were scanned and in which nothing was found: what was found there before is gone. */
export function* withCleanHosts(
  tool: string,
  read: (onScanned: OnScanned) => Iterable<ReportItem>,
): Generator<ReportItem> {
  const scanned = new Map<string, Host>();
  const found = new Set<string | null>();
  for (const item of read((host) => {
    if (host !== null) scanned.set(JSON.stringify(host), host);
  })) {
    // Of a host that is told of by its address here and by its name there, either shows that it is not clean.
    if (item.kind === 'finding' && item.host !== null) found.add(item.host.hostname).add(item.host.ip);
    yield item;
  }
  found.delete(null);
  for (const host of scanned.values()) {
    if (!found.has(host.hostname) && !found.has(host.ip)) yield { kind: 'looked', host, subject: null, tool };
  }
}
