import type { SightingEvidence } from '../domain/finding/sighting.ts';
import { fnv1a } from '../kernel/fnv1a.ts';

/** Evidence that one finding keeps; what a tool repeats a thousand times is not stronger for it, and is only counted. */
export const MOST_EVIDENCE = 50;

/** Where something was seen: what is kept of it, and the hashes of what is only counted. */
export interface SeenEvidence {
  readonly evidence: readonly SightingEvidence[];
  readonly moreEvidence?: ReadonlySet<number>;
}

/** Evidence of one finding that comes bit by bit: each piece counts once. */
export interface EvidenceTally {
  add(seen: SeenEvidence): void;
  /** What has come, and nothing of it twice. */
  seen(): SeenEvidence;
}

/**
 * Gathers evidence: at most 50 pieces of it, in the order in which they come, but one of each source (file, tool, subject) before a second one of another; the rest is
 * counted. Whether a ticket's vulnerability is gone is asked of the sources.
 */
export function createEvidenceTally(): EvidenceTally {
  const kept: SightingEvidence[] = [];
  const more = new Set<number>();

  function addPiece(piece: SightingEvidence): void {
    if (kept.some((one) => isSamePiece(one, piece))) return;
    if (kept.length < MOST_EVIDENCE) {
      kept.push(piece);
      return;
    }
    const place = kept.some((one) => isSameSource(one, piece)) ? -1 : kept.findLastIndex(isRepeated);
    const [left = piece] = place === -1 ? [] : kept.splice(place, 1);
    if (left !== piece) {
      kept.push(piece);
      more.delete(hashOf(piece));
    }
    more.add(hashOf(left));
  }

  return {
    add({ evidence, moreEvidence }) {
      for (const piece of evidence) addPiece(piece);
      // Rows of a report come one by one, and hold nothing that is only counted.
      if (moreEvidence === undefined || moreEvidence.size === 0) return;
      const known = new Set(kept.map(hashOf));
      for (const hash of moreEvidence) if (!known.has(hash)) more.add(hash);
    },
    seen: () => ({ evidence: kept, ...(more.size === 0 ? {} : { moreEvidence: more }) }),
  };
}

/** The evidence of several, each piece once. */
export function joinEvidence(...all: readonly SeenEvidence[]): SeenEvidence {
  const tally = createEvidenceTally();
  for (const one of all) tally.add(one);
  return tally.seen();
}

function isSamePiece(one: SightingEvidence, other: SightingEvidence): boolean {
  return (
    one.position === other.position &&
    one.file === other.file &&
    one.tool === other.tool &&
    one.severity === other.severity &&
    one.subject === other.subject
  );
}

function isSameSource(one: SightingEvidence, other: SightingEvidence): boolean {
  return one.file === other.file && one.tool === other.tool && one.subject === other.subject;
}

function isRepeated(one: SightingEvidence, index: number, all: readonly SightingEvidence[]): boolean {
  return all.some((other, place) => place < index && isSameSource(one, other));
}

/** 53 bits: of a million pieces, two are taken for one in one run of ten thousand. Without the subject, which for a report is known only at its end. */
function hashOf({ file, position, tool, severity }: SightingEvidence): number {
  const text = JSON.stringify([file, position, tool, severity]);
  return fnv1a(text) * 2 ** 21 + (fnv1a(`${text}#`) >>> 11);
}
