import type { TruthStore } from '../src/runtime/store-parts.ts';
import { openEmbeddedTruth } from '../test/support/embedded-truth.ts';
import { hasPostgres, startPostgres } from '../test/support/postgres-server.ts';
import { openTruthAt } from '../test/support/postgres-truth.ts';
import { narrativePart, rankedFinding } from '../test/support/stored-findings.ts';
import { type Figure, toFigure } from './measure.ts';

const FINDINGS = 10_000;
const CHUNK = 500;
const RUNS = 3;
/** About as long as a finding is. */
const PROSE = 'An attacker can "run" code.\n'.repeat(90);

/** Findings saved and read, in the embedded store and, where a server is installed, in PostgreSQL on loopback. */
export async function benchStore(): Promise<Figure[]> {
  const embedded = await openEmbeddedTruth();
  const figures = await measure('embedded', embedded.store).finally(() => embedded.close());
  if (!hasPostgres()) {
    process.stderr.write('bench: no PostgreSQL server is installed; its figures are left out\n');
    return figures;
  }
  const server = await startPostgres();
  try {
    const store = await openTruthAt(await server.create());
    const more = await measure('PostgreSQL', store).finally(() => store.close());
    return [...figures, ...more];
  } finally {
    await server.stop();
  }
}

async function measure(where: string, { assessments }: Pick<TruthStore, 'assessments'>): Promise<Figure[]> {
  const times = { save: [] as number[], read: [] as number[] };
  const written = { vulnerability: narrativePart({ summary: PROSE }), threat: narrativePart() };
  for (let run = 0; run < RUNS; run += 1) {
    const id = `run-${run}`;
    const request = { targets: [], cveIds: [], options: {} };
    const createdAt = '2026-01-01T00:00:00Z';
    await assessments.createAssessment({ id, createdAt, request, intakeGaps: [], subjects: [], http: {} });
    const ranked = Array.from({ length: FINDINGS }, (_, index) => ({
      ...rankedFinding(`f${index}`, index % 97, { description: PROSE }),
      written,
    }));
    const begun = performance.now();
    for (let from = 0; from < FINDINGS; from += CHUNK)
      await assessments.saveFindings(id, ranked.slice(from, from + CHUNK));
    const saved = performance.now();
    let bytes = 0;
    for await (const part of assessments.readFindingsAsJson(id, ',')) bytes += part.length;
    if (bytes < FINDINGS * PROSE.length) throw new Error('findings are missing');
    times.save.push(saved - begun);
    times.read.push(performance.now() - saved);
  }
  return [
    toFigure(`10,000 findings saved, ${where}`, times.save, 5000, 'ms'),
    toFigure(`10,000 findings read as JSON, ${where}`, times.read, 2000, 'ms'),
  ];
}
