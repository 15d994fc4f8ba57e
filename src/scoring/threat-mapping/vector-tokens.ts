import { remember } from '../../kernel/remember.ts';

/** Characters of a CVSS vector that are read; the longest valid one (version 4.0 with all metrics) has fewer. */
const MAX_VECTOR_LENGTH = 300;

// One value scale for all versions: v2's complete and partial are v3's high and low, and v2 counts authentications
// where v3 grades privileges.
const VALUE: Readonly<Record<string, string>> = { C: 'H', P: 'L' };
const PRIVILEGES_BY_AUTHENTICATION: Readonly<Record<string, string>> = { N: 'N', S: 'L', M: 'H' };

/**
 * The metrics of a CVSS vector (2.0 to 4.0) as readable features, such as `vector: AV:N` and `vector: PR:N`: attack
 * vector, privileges, user interaction, scope and the three impacts on the vulnerable system. Not a validator:
 * what cannot be read gives no feature.
 */
export function toVectorFeatures(vector: string): readonly string[] {
  return readFeatures(vector.slice(0, MAX_VECTOR_LENGTH));
}

const readFeatures = remember(findVectorFeatures, (vector) => vector, 8192);

function findVectorFeatures(vector: string): readonly string[] {
  const metrics = new Map<string, string>();
  for (const part of vector.split('/')) {
    const [metric, value] = part.split(':');
    if (metric !== undefined && value !== undefined && /^[A-Z]$/.test(value)) metrics.set(metric, value);
  }
  const features: string[] = [];
  const add = (metric: string, value: string | undefined) => {
    if (value !== undefined) features.push(`vector: ${metric}:${value}`);
  };
  add('AV', metrics.get('AV'));
  add('PR', metrics.get('PR') ?? PRIVILEGES_BY_AUTHENTICATION[metrics.get('Au') ?? '']);
  const interaction = metrics.get('UI');
  // Version 4.0 splits "required" into passive and active; the training data knows only "required".
  add('UI', interaction === undefined || interaction === 'N' ? interaction : 'R');
  add('S', metrics.get('S') === 'U' || metrics.get('S') === 'C' ? metrics.get('S') : undefined);
  for (const impact of ['C', 'I', 'A']) {
    const value = metrics.get(impact) ?? metrics.get(`V${impact}`);
    add(impact, value === undefined ? undefined : (VALUE[value] ?? value));
  }
  return features;
}
