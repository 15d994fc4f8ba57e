import { type AuditEntry, GENESIS_HASH, hashedText } from './audit-entry.ts';

/** How far a log had come when somebody noted it: the number of entries and the hash of the last. */
export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

/** The first place where a chain is broken. */
export interface BrokenLink {
  readonly sequence: number;
  readonly reason: string;
}

/** What walking an audit log came to. */
export interface ChainReport {
  readonly entries: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** The hash of the last entry; that of no entry where the log is empty. */
  readonly headHash: string;
  /** Whether a head that was noted beside the log was compared: without one nobody can tell that its end was not cut off. */
  readonly isWitnessed: boolean;
  /** Null where every link holds. */
  readonly broken: BrokenLink | null;
}

/**
 * Walks a log in the order of its entries, to its end or its first broken link. A chain alone cannot show that its last entries were
 * removed: for that, `noted` is compared, a head that was kept elsewhere. Entries that came after it are no contradiction.
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  noted: AuditHead | null,
  digest: (text: string) => string,
): Promise<ChainReport> {
  let last: AuditEntry | null = null;
  let firstAt: string | null = null;
  let count = 0;
  const report = (broken: BrokenLink | null): ChainReport => {
    const headHash = last?.hash ?? GENESIS_HASH;
    return { entries: count, firstAt, lastAt: last?.at ?? null, headHash, isWitnessed: noted !== null, broken };
  };
  for await (const entry of entries) {
    const reason = findFault(entry, count + 1, last?.hash ?? GENESIS_HASH, digest) ?? findStray(entry, noted);
    if (reason !== null) return report({ sequence: count + 1, reason });
    count += 1;
    firstAt ??= entry.at;
    last = entry;
  }
  return report(noted !== null && noted.entries > count ? missingEnd(noted, count) : null);
}

function findFault(
  entry: AuditEntry,
  sequence: number,
  previousHash: string,
  digest: (text: string) => string,
): string | null {
  if (entry.sequence !== sequence) return `entry ${sequence} is missing: entry ${entry.sequence} stands in its place`;
  if (entry.previousHash !== previousHash) return 'it does not follow from the entry before it';
  return entry.hash === digest(hashedText(entry)) ? null : 'it is not what was written';
}

/** Whether an entry is another one than was noted as the last at its time. */
function findStray(entry: AuditEntry, noted: AuditHead | null): string | null {
  if (noted === null || noted.entries !== entry.sequence || noted.hash === entry.hash) return null;
  return 'it is another one than was noted beside the log: the log was written anew';
}

function missingEnd({ entries }: AuditHead, count: number): BrokenLink {
  return { sequence: count + 1, reason: `the end is missing: ${entries} entries were noted beside the log` };
}
