/** Something that was done to the outside, or about to be, as the audit log keeps it. */
export interface AuditEntry {
  /** 1 for the first. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who: the account and the machine. */
  readonly actor: string;
  /** Such as `ticket.create.intended`. */
  readonly action: string;
  /** What it was done to. */
  readonly target: string;
  /** JSON, with the names of fields in order. Kept as text: what is hashed is what was written, to the byte. */
  readonly detail: string;
  /** The hash of the entry before; of the first, {@link GENESIS_HASH}. */
  readonly previousHash: string;
  /** SHA-256 over the entry and the previous hash, in hexadecimal. */
  readonly hash: string;
}

/** What stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** JSON in which the same value is always the same text: names of fields in the order of their UTF-16 units, no spaces (as RFC 8785 orders them). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** The text that an entry's hash is over: all of it but the hash. */
export function hashedText(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, action, target, detail, previousHash } = entry;
  return canonicalJson({ sequence, at, actor, action, target, detail, previousHash });
}
