import { type CweId, toCweId } from '../../src/domain/cwe/cwe-id.ts';

/** One statement of a weakness in a CVE record: the id, and the text beside it. */
interface ProblemType {
  readonly cweId: string;
  readonly description: string;
}

/**
 * Names of weaknesses (MITRE's CWE) as CVE records state them. CISA's container writes them as MITRE does; where it does
 * not name an id, the wording that most CNAs use stands.
 */
export function collectCweNames(records: readonly unknown[]): ReadonlyMap<CweId, string> {
  const containers = records.map((record) => (record as CveFrame).containers ?? {});
  const cnas = containers.map(({ cna }) => cna);
  const cisas = containers.flatMap(({ adp }) => adp ?? []).filter(isCisa);
  return new Map([...mostFrequentNames(cnas), ...mostFrequentNames(cisas)]);
}

type Tally = Map<CweId, Map<string, number>>;

interface CveContainer {
  readonly providerMetadata?: { readonly shortName?: string };
  readonly problemTypes?: readonly { readonly descriptions?: readonly Partial<ProblemType>[] }[];
}

interface CveFrame {
  readonly containers?: { readonly cna?: CveContainer; readonly adp?: readonly CveContainer[] };
}

function isCisa(container: CveContainer): boolean {
  return container.providerMetadata?.shortName === 'CISA-ADP';
}

function mostFrequentNames(containers: readonly (CveContainer | undefined)[]): [CweId, string][] {
  const tally: Tally = new Map();
  for (const container of containers) for (const problem of problemTypes(container)) count(tally, problem);
  return [...tally].map(([cweId, wordings]) => [cweId, mostFrequent(wordings)]);
}

function problemTypes(container: CveContainer | undefined): Partial<ProblemType>[] {
  return (container?.problemTypes ?? []).flatMap((problem) => problem.descriptions ?? []);
}

function count(tally: Tally, { cweId, description }: Partial<ProblemType>): void {
  const id = toCweId(cweId ?? '');
  // Only texts that repeat the id are names; others ("XSS in the login form") are descriptions of the CVE.
  const stated = /^CWE-(\d+)[:\s-]+(\S.*)$/.exec(description?.trim() ?? '');
  if (id === null || stated === null || `CWE-${stated[1]}` !== id) return;
  const name = (stated[2] ?? '').replace(/\s+/g, ' ').trim();
  // MITRE's names are short; a longer text goes on to describe.
  if (name === '' || name.length > 160) return;
  const wordings = tally.get(id) ?? new Map<string, number>();
  wordings.set(name, (wordings.get(name) ?? 0) + 1);
  tally.set(id, wordings);
}

/** The most frequent wording; among equals the longer one (abridged names leave the end out), then by code units. */
function mostFrequent(wordings: ReadonlyMap<string, number>): string {
  const ranked = [...wordings].sort(
    ([a, timesA], [b, timesB]) => timesB - timesA || b.length - a.length || (a < b ? -1 : 1),
  );
  return ranked[0]?.[0] ?? '';
}
