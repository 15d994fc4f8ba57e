import { compareVectors } from '../domain/cvss/compare-vectors.ts';
import type { ReportedVulnerability } from '../domain/finding/sighting.ts';
import { clipLine } from '../kernel/clip.ts';
import { remember } from '../kernel/remember.ts';

/**
 * What is kept of what reports say of a CVE id: it counts only where neither NVD nor the CVE Program has the id, and a report of hundreds of megabytes says
 * it of hundreds of thousands, so that no descriptions are kept and equal words are held once.
 */
const [LONGEST_TITLE, LONGEST_VECTOR, LONGEST_NAME] = [200, 300, 100];
const [MOST_VECTORS, MOST_CWES, MOST_JOINED] = [3, 5, 10];
const SHARED = 20_000;

const share = remember((one: ReportedVulnerability) => one, JSON.stringify, SHARED);

/** What `by` says of a CVE id, short. Null: it says that the vulnerability is there, and nothing of it. */
export function reportedOfCve(reported: ReportedVulnerability | null, by: string): ReportedVulnerability {
  const { title = null, cvssVectors = [], cwes = [] } = reported ?? {};
  return share({
    title: title === null ? null : clipLine(title, LONGEST_TITLE),
    description: null,
    cvssVectors: bounded(cvssVectors, MOST_VECTORS, { compare: compareVectors }),
    cwes: bounded(cwes, MOST_CWES, { longest: LONGEST_NAME }),
    by: [clipLine(by, LONGEST_NAME)],
  });
}

/** What two say of one vulnerability, the same whichever comes first. */
export function joinReported(
  first: ReportedVulnerability | null,
  second: ReportedVulnerability | null,
): ReportedVulnerability | null {
  if (first === null || second === null || first === second) return first ?? second;
  const joined = {
    title: preferred(first.title, second.title),
    description: preferred(first.description, second.description),
    cvssVectors: together(first.cvssVectors, second.cvssVectors, compareVectors),
    cwes: together(first.cwes, second.cwes),
    ...(first.by === undefined && second.by === undefined ? {} : { by: together(first.by ?? [], second.by ?? []) }),
  };
  return joined.description === null ? share(joined) : joined;
}

/** Without what is too long, sorted, and as many of the first as may be. */
function bounded(
  texts: readonly string[],
  most: number,
  { longest = LONGEST_VECTOR, compare = byText }: { readonly longest?: number; readonly compare?: Order } = {},
): string[] {
  const whole = texts.map((text) => text.trim()).filter((text) => text.length <= longest);
  return [...new Set(whole)].sort(compare).slice(0, most);
}

type Order = (one: string, other: string) => number;

const byText: Order = (one, other) => (one < other ? -1 : 1);

/** The longer text says more. */
function preferred(first: string | null, second: string | null): string | null {
  if (first === null || second === null) return first ?? second;
  if (first.length !== second.length) return first.length > second.length ? first : second;
  return first < second ? first : second;
}

/** What two name, in an order that does not depend on who was first. */
function together(first: readonly string[], second: readonly string[], compare: Order = byText): string[] {
  return [...new Set([...first, ...second])].sort(compare).slice(0, MOST_JOINED);
}
