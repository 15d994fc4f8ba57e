import fc from 'fast-check';
import {
  CVSS_GRAMMARS,
  type CvssGrammar,
  type CvssGroup,
  type CvssMetricRule,
} from '../../src/domain/cvss/cvss-grammar.ts';
import type { CvssVersion } from '../../src/domain/cvss/cvss-metric.ts';

/** Any valid vector of a version; without one, of any version. */
export function arbitraryCvssVector(version?: CvssVersion): fc.Arbitrary<string> {
  if (version !== undefined) return vectorOfGrammar(CVSS_GRAMMARS[version]);
  return fc.oneof(...Object.values(CVSS_GRAMMARS).map(vectorOfGrammar));
}

function vectorOfGrammar(grammar: CvssGrammar): fc.Arbitrary<string> {
  const optional = [...new Set(grammar.rules.map(({ group }) => group))].filter((group) => group !== 'base');
  const names = grammar.wholeGroups
    ? fc.subarray(optional).map((groups) => namesOf(grammar, groups))
    : fc.subarray(namesOf(grammar, optional));
  return names.chain((given) => {
    const rules = grammar.rules.filter(({ group, name }) => group === 'base' || given.includes(name));
    const parts = fc
      .tuple(...rules.map(metricOf))
      .chain((metrics) => (grammar.ordered ? fc.constant(metrics) : shuffled(metrics)));
    return parts.map((metrics) => grammar.header + metrics.join('/'));
  });
}

function namesOf(grammar: CvssGrammar, groups: readonly CvssGroup[]): string[] {
  return grammar.rules.filter(({ group }) => groups.includes(group)).map(({ name }) => name);
}

function metricOf({ name, values }: CvssMetricRule): fc.Arbitrary<string> {
  return fc.constantFrom(...values).map((value) => `${name}:${value}`);
}

function shuffled(metrics: readonly string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...metrics], { minLength: metrics.length });
}
