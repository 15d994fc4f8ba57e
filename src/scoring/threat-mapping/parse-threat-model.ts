import type { ThreatModel, ThreatModelFile } from './threat-model.ts';
import { buildVector, toLength } from './vector.ts';

/**
 * Reads a model file's JSON value and builds the indexes for prediction (a few milliseconds; do it once).
 * The file is this project's own, so the check guards against a wrong or cut file rather than a hostile one.
 * @throws {TypeError} where the value is not a model of this format or its parts do not fit together.
 */
export function parseThreatModel(json: unknown): ThreatModel {
  if (!isModelFile(json)) throw new TypeError('not a threat model of format eras-threat-model/1');
  return indexThreatModel(json);
}

/** Builds the indexes of a model that is known to be well formed. */
export function indexThreatModel(file: ThreatModelFile): ThreatModel {
  const postings = file.features.map((): { examples: number[]; values: number[] } => ({ examples: [], values: [] }));
  file.examples.forEach((entry, example) => {
    const vector = buildVector(entry.features, file);
    const length = toLength(vector) || 1;
    vector.positions.forEach((position, i) => {
      postings[position]?.examples.push(example);
      postings[position]?.values.push((vector.values[i] ?? 0) / length);
    });
  });
  const featureIndex = new Map(file.features.map((name, position): [string, number] => [name, position]));
  return {
    ...file,
    featureIndex,
    postings: postings.map(({ examples, values }) => ({
      examples: Uint32Array.from(examples),
      values: Float64Array.from(values),
    })),
    weightsOf: weightsByFeature(file),
  };
}

/** The weights turned round, in plain loops: there are hundreds of thousands, and every command that assesses waits for them. */
function weightsByFeature({ features, heads }: ThreatModelFile): Int8Array[] {
  const all = new Int8Array(features.length * heads.length);
  for (let head = 0; head < heads.length; head += 1) {
    const weights = heads[head]?.weights ?? [];
    for (let feature = 0; feature < weights.length; feature += 1)
      all[feature * heads.length + head] = weights[feature] ?? 0;
  }
  return features.map((_, feature) => all.subarray(feature * heads.length, (feature + 1) * heads.length));
}

function isModelFile(json: unknown): json is ThreatModelFile {
  if (!isRecord(json) || json['format'] !== 'eras-threat-model/1') return false;
  const { features, scales, heads, examples, calibration, chain, chainShare, meta } = json;
  if (!isArrayOf(features, isString) || !isArrayOf(scales, isNumber) || scales.length !== features.length) return false;
  if (!isArrayOf(heads, (head) => isHead(head, features.length))) return false;
  if (!isArrayOf(examples, (example) => isExample(example, features.length, heads.length))) return false;
  if (!isRecord(calibration) || !isNumber(chainShare)) return false;
  if (![calibration['any'], calibration['exploitation']].every((points) => isArrayOf(points, isCalibrationPoint)))
    return false;
  return isRecord(meta) && isRecord(chain) && Object.values(chain).every((ids) => isArrayOf(ids, isString));
}

const HEAD_ROLES: ReadonlySet<unknown> = new Set(['any', 'exploitation', 'primary_impact', 'secondary_impact']);

function isHead(head: unknown, featureCount: number): boolean {
  if (!isRecord(head) || !isString(head['techniqueId']) || !HEAD_ROLES.has(head['role'])) return false;
  if (!isNumber(head['bias']) || !isNumber(head['step'])) return false;
  return isArrayOf(head['weights'], isNumber) && head['weights'].length === featureCount;
}

function isExample(example: unknown, featureCount: number, headCount: number): boolean {
  if (!isRecord(example) || !isString(example['cveId'])) return false;
  return isPositions(example['features'], featureCount) && isPositions(example['heads'], headCount);
}

function isCalibrationPoint(step: unknown): boolean {
  return isRecord(step) && isNumber(step['score']) && isNumber(step['share']);
}

function isPositions(value: unknown, bound: number): boolean {
  return isArrayOf(
    value,
    (item): item is number => Number.isInteger(item) && isNumber(item) && item >= 0 && item < bound,
  );
}

function isArrayOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[];
function isArrayOf(value: unknown, isItem: (item: unknown) => boolean): value is unknown[];
function isArrayOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isItem(item));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
