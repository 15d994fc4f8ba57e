import { remember } from '../../kernel/remember.ts';
import { type CvssVector, parseCvssVector } from './cvss-vector.ts';

/**
 * Weights of the base metrics' values, from 0 to 1: those of CVSS v3.1, section 7.4, and v2.0, section 3.2.1, where a value is one of v2.0 alone. v4.0 has no weights
 * of its own (its scores are looked up), and takes those of v3.1; AT and subsequent systems, which are its own, are set between them.
 */
const EXPLOITABILITY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  AT: { N: 1, P: 0.7 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, P: 0.7, A: 0.62, R: 0.62 },
};
const EXPLOITABILITY_V2: typeof EXPLOITABILITY = {
  AV: { N: 1, A: 0.646, L: 0.395 },
  AC: { L: 0.71, M: 0.61, H: 0.35 },
  Au: { N: 0.704, S: 0.56, M: 0.45 },
};
/** With a changed scope privileges weigh less (v3.1, section 7.4). */
const PRIVILEGES_IN_CHANGED_SCOPE: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };
const IMPACT: Readonly<Record<string, number>> = { H: 0.56, L: 0.22, N: 0, C: 0.66, P: 0.275 };
const IMPACTS = ['C', 'I', 'A', 'VC', 'VI', 'VA'];
const IMPACTS_BEYOND = ['SC', 'SI', 'SA'];

/**
 * Puts vectors of a newer version of CVSS first, of one version the worst, and what is no vector last; equals by text. It serves only to choose which of many are kept
 * where no calculator may be asked: what is shown is scored by one. Within v2.0, v3.0 and v3.1 the order is that of the equations (v3.1, section 7.1; v2.0, section
 * 3.2.1), before they round.
 */
export function compareVectors(one: string, other: string): number {
  const [left, right] = [rank(one), rank(other)];
  return right.version - left.version || right.weight - left.weight || (one < other ? -1 : one > other ? 1 : 0);
}

interface Rank {
  readonly version: number;
  readonly weight: number;
}

const MOST_REMEMBERED = 8192;

const rank = remember(
  (text: string): Rank => {
    const vector = parseCvssVector(text);
    return vector.ok
      ? { version: Number(vector.value.version), weight: weigh(vector.value) }
      : { version: 0, weight: 0 };
  },
  (text) => text,
  MOST_REMEMBERED,
);

/** In the units of the base score, before it is rounded and capped at 10. */
function weigh({ version, metrics }: CvssVector): number {
  const impact = 1 - product(IMPACTS.map((name) => 1 - (IMPACT[metrics[name] ?? 'N'] ?? 0)));
  const beyond = 1 - product(IMPACTS_BEYOND.map((name) => 1 - (IMPACT[metrics[name] ?? 'N'] ?? 0)));
  if (impact + beyond === 0) return 0;
  const isChanged = metrics['S'] === 'C';
  const exploitability = product(
    Object.entries(version === '2.0' ? EXPLOITABILITY_V2 : EXPLOITABILITY).map(
      ([name, weights]) =>
        (isChanged && name === 'PR' ? PRIVILEGES_IN_CHANGED_SCOPE : weights)[metrics[name] ?? 'N'] ?? 1,
    ),
  );
  if (version === '2.0') return 6.246 * impact + 8 * exploitability;
  if (isChanged) return 1.08 * (7.52 * (impact - 0.029) - 3.25 * (impact - 0.02) ** 15 + 8.22 * exploitability);
  return 6.42 * impact + 8.22 * exploitability + (version === '4.0' ? 2 * beyond : 0);
}

function product(factors: readonly number[]): number {
  return factors.reduce((all, factor) => all * factor, 1);
}
