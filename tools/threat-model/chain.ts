import { parse } from 'csv-parse/sync';
import type { LabelledCve } from './labelled-cves.ts';
import { readText } from './read-data.ts';

/** Techniques kept for each CWE: those that most attack patterns lead to. */
const MAX_TECHNIQUES = 3;

/** CWE id → parent techniques by CAPEC, those that most attack patterns name first. Deprecated patterns are left out. */
export function loadChain(folder: string): Readonly<Record<string, readonly string[]>> {
  const rows: Record<string, string>[] = parse(readText(folder, 'mappings/cwe_capec_attack.csv'), { columns: true });
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const parent = /^(T1\d{3})/.exec(row['attack_technique_id'] ?? '')?.[1];
    const cweId = row['cwe_id'] ?? '';
    if (parent === undefined || !cweId.startsWith('CWE-') || row['capec_status'] === 'Deprecated') continue;
    const own = counts.get(cweId) ?? new Map<string, number>();
    counts.set(cweId, own.set(parent, (own.get(parent) ?? 0) + 1));
  }
  const number = (cweId: string) => Number(cweId.slice('CWE-'.length));
  const sorted = [...counts].sort(([left], [right]) => number(left) - number(right));
  return Object.fromEntries(
    sorted.map(([cweId, techniques]) => {
      const ranked = [...techniques].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return [cweId, ranked.slice(0, MAX_TECHNIQUES).map(([techniqueId]) => techniqueId)];
    }),
  );
}

/** Share of the chain's techniques that analysts named, and of how many; over the labelled CVEs with such a weakness. */
export function measureChain(
  cves: readonly LabelledCve[],
  chain: Readonly<Record<string, readonly string[]>>,
): { readonly share: number; readonly techniques: number } {
  let [right, techniques] = [0, 0];
  for (const cve of cves) {
    for (const techniqueId of new Set((cve.views.all?.cwes ?? []).flatMap((cweId) => chain[cweId] ?? []))) {
      techniques += 1;
      if (cve.techniques.has(techniqueId)) right += 1;
    }
  }
  return { share: techniques === 0 ? 0 : Number((right / techniques).toFixed(3)), techniques };
}
