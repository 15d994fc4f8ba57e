import { failure, type Result, success } from '../../kernel/result.ts';
import { ANY, canonicalValue } from './cpe-value.ts';
import { splitFormattedString } from './split-formatted-string.ts';
import { unbindUri } from './unbind-uri.ts';

/** The attributes of a CPE name in the order of the formatted string (NISTIR 7695, 6.2). */
export const CPE_ATTRIBUTES = [
  'part',
  'vendor',
  'product',
  'version',
  'update',
  'edition',
  'language',
  'swEdition',
  'targetSw',
  'targetHw',
  'other',
] as const;
export type CpeAttribute = (typeof CPE_ATTRIBUTES)[number];

/**
 * A CPE name: each attribute is `ANY`, `NA`, or its value as the formatted string writes it, in lower case, with a backslash before all that is
 * neither letter, digit, `_`, `.` nor `-`; `*` and `?` without one are wildcards. Equal values are equal texts.
 */
export type CpeName = Readonly<Record<CpeAttribute, string>>;

/** Longer names are no names. */
const LONGEST_NAME = 1000;

/**
 * Reads a CPE 2.3 formatted string or a CPE 2.2 URI (NISTIR 7695, 6.1 and 6.2). Tools leave out backslashes and trailing attributes; both are
 * forgiven, since nothing else can be meant. The failure says what is wrong.
 */
export function parseCpe(text: string): Result<CpeName, string> {
  const name = text.trim();
  if (name.length > LONGEST_NAME) return failure('it is too long');
  if (/^cpe:\//i.test(name)) return toName(unbindUri(name));
  if (!/^cpe:2\.3:/i.test(name)) return failure('it begins neither with "cpe:2.3:" nor with "cpe:/"');
  const parts = splitFormattedString(name);
  if (parts === null || parts.length < 5 || parts.length > 13)
    return failure('it has not the eleven attributes of a CPE 2.3 name');
  return toName(parts.slice(2));
}

function toName(values: readonly string[] | null): Result<CpeName, string> {
  if (values === null) return failure('it is no CPE 2.2 URI');
  const bound: Partial<Record<CpeAttribute, string>> = {};
  for (const [index, attribute] of CPE_ATTRIBUTES.entries()) {
    const value = canonicalValue(values[index] ?? ANY);
    if (value === null) return failure(`its ${attribute} "${(values[index] ?? '').slice(0, 40)}" is no value of a CPE`);
    bound[attribute] = value;
  }
  const name = bound as CpeName;
  if (!/^[aoh*-]$/.test(name.part)) return failure(`its part "${name.part.slice(0, 40)}" is none of a, o and h`);
  return success(name);
}
