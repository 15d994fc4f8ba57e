import type { Host } from '../../domain/finding/sighting.ts';
import type { ReportItem } from './report-format.ts';

/**
 * Told that a host was scanned, whatever was found on it; null where it has no name. With `isFromOutside` the scan could not log in to it: that nothing was found there
 * does not tell that it is clean.
 */
export type OnScanned = (host: Host | null, isFromOutside?: boolean) => void;

/** Passes on what a scan of hosts lists, and after it the hosts that were scanned and in which nothing was found: what was found there before is gone. */
export function* withCleanHosts(
  tool: string,
  read: (onScanned: OnScanned) => Iterable<ReportItem>,
): Generator<ReportItem> {
  const scanned = new Map<string, Host>();
  // Names and addresses of hosts that are not clean, or not known to be.
  const found = new Set<string | null>();
  for (const item of read((host, isFromOutside = false) => {
    if (host === null) return;
    scanned.set(JSON.stringify(host), host);
    if (isFromOutside) found.add(host.hostname).add(host.ip);
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
