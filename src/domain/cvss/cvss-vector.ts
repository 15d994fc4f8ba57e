import { remember } from '../../kernel/remember.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { CVSS_GRAMMARS, type CvssGrammar, type CvssGroup } from './cvss-grammar.ts';
import type { CvssVersion } from './cvss-metric.ts';

/** A valid CVSS vector. */
export interface CvssVector {
  readonly version: CvssVersion;
  /** The vector in canonical form: no parentheses, metrics in the order of the specification, as many as were given. */
  readonly text: string;
  /** Abbreviated metric to abbreviated value (`AV` to `N`), in the same order; metrics that were left out are absent. */
  readonly metrics: Readonly<Record<string, string>>;
}

// The longest valid vector, a v4.0 one with every group, has 178 characters.
const LONGEST_VECTOR = 256;

const NO_VECTOR = 'not a CVSS vector: it starts neither with CVSS:3.0/, CVSS:3.1/ or CVSS:4.0/ nor with AV: as in v2.0';

const HEADER = /^CVSS:(3\.0|3\.1|4\.0)\//;

/**
 * Reads a CVSS vector of version 2.0, 3.0, 3.1 or 4.0 strictly by {@link CVSS_GRAMMARS}: the header (v2.0: none,
 * surrounding parentheses are allowed), every base metric once, only known metrics with legal values, in the letter
 * case of the specification. The failure is one line that repeats nothing of the text, which may be hostile.
 */
export function parseCvssVector(input: string): Result<CvssVector, string> {
  if (input.length > LONGEST_VECTOR) return failure(`a CVSS vector has at most ${LONGEST_VECTOR} characters`);
  return parseShort(input);
}

/** Of 300,000 CVEs all but a few thousand share their vector with another. */
const MOST_REMEMBERED = 8192;

const parseShort = remember(parse, (input) => input, MOST_REMEMBERED);

function parse(input: string): Result<CvssVector, string> {
  const version = versionOf(input);
  if (version === null) return failure(NO_VECTOR);
  const grammar = CVSS_GRAMMARS[version];
  const metrics = readMetrics(bodyOf(input, grammar), grammar);
  if (!metrics.ok) return failure(`CVSS ${version} vector: ${metrics.error}`);
  const lacking = findLack(metrics.value, grammar);
  if (lacking !== null) return failure(`CVSS ${version} vector: ${lacking}`);
  const ordered = grammar.rules.flatMap(({ name }): [string, string][] => {
    const value = metrics.value.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const text = grammar.header + ordered.map((pair) => pair.join(':')).join('/');
  return success({ version, text, metrics: Object.fromEntries(ordered) });
}

function versionOf(text: string): CvssVersion | null {
  const header = HEADER.exec(text)?.[1];
  if (header !== undefined) return header as CvssVersion;
  return /^\(?AV:/.test(text) ? '2.0' : null;
}

function bodyOf(text: string, grammar: CvssGrammar): string {
  if (grammar.header !== '') return text.slice(grammar.header.length);
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
}

function readMetrics(body: string, grammar: CvssGrammar): Result<ReadonlyMap<string, string>, string> {
  const metrics = new Map<string, string>();
  let previous = -1;
  for (const [index, part] of body.split('/').entries()) {
    const [name = '', value = '', ...rest] = part.split(':');
    const position = grammar.rules.findIndex((rule) => rule.name === name);
    const rule = grammar.rules[position];
    if (rule === undefined || rest.length > 0) return failure(`part ${index + 1} is not a metric of this version`);
    if (!rule.values.includes(value)) return failure(`${name} has none of its values ${rule.values.join(', ')}`);
    if (metrics.has(name)) return failure(`${name} is given twice`);
    if (grammar.ordered && position < previous) return failure(`${name} comes too late, the order of metrics is fixed`);
    metrics.set(name, value);
    previous = position;
  }
  return success(metrics);
}

/** The first metric that has to be there and is not, in words; null where nothing lacks. */
function findLack(metrics: ReadonlyMap<string, string>, grammar: CvssGrammar): string | null {
  const begun = new Set<CvssGroup>(['base']);
  if (grammar.wholeGroups) {
    for (const { name, group } of grammar.rules) if (metrics.has(name)) begun.add(group);
  }
  const lack = grammar.rules.find(({ name, group }) => begun.has(group) && !metrics.has(name));
  return lack === undefined ? null : `the ${lack.group} metric ${lack.name} is missing`;
}
