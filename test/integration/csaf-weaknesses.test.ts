import { expect, it } from 'vitest';
import { toWeakness } from '../../src/reports/exports/csaf/weakness.ts';
import { reportKnowledge } from '../../src/runtime/report-knowledge.ts';

/** CWE as BSI's validator has it. */
async function readCatalogue(): Promise<ReadonlyMap<string, string>> {
  const library = '@secvisogram/csaf-validator-lib';
  const { default: catalogue } = await import(`${library}/lib/shared/cwec.js`);
  return new Map(catalogue.weaknesses.map(({ id, name }: { id: string; name: string }) => [id, name]));
}

it('every weakness that CSAF documents name has the name of the catalogue', async () => {
  const catalogue = await readCatalogue();
  const ids = Array.from({ length: 2000 }, (_, index) => `CWE-${index}`);
  const named = ids.map((id) => toWeakness([id], reportKnowledge.cweName)).filter((weakness) => weakness !== null);
  expect(named.length).toBeGreaterThan(400);
  expect(named.filter(({ id, name }) => catalogue.get(id) !== name)).toEqual([]);
});
