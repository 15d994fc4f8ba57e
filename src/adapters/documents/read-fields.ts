import { parseDocument, visit, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { dayOf } from '../../domain/knowledge/day-of.ts';
import { type FieldValue, GIVEN_FIELDS, type ReadingNote } from '../../domain/knowledge/document.ts';
import { fieldText } from '../../domain/knowledge/field-text.ts';
import { clip } from '../../kernel/clip.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import type { SaidFields } from '../../ports/document-reader.ts';
import { tidyLine } from './blocks.ts';

/** Authors write a handful; each is kept with the document. */
const MOST_FIELDS = 100;
/** Of all lists together. */
const MOST_VALUES = 300;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 300;
/** Names in one line. */
const MOST_NAMED = 5;
/** Aliases can unfold into more than any memory holds. */
const MOST_ALIASES = 20;

/** Kinds of values that are not as they were written. */
const WRITTEN = new Set(['number', 'bigint', 'boolean']);

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.date()]);
const Fields = z.record(z.string(), z.unknown());

/**
 * Fields of YAML: names in lower case, lists as they are; what is neither a value nor a list of values is left out, with a note, and so
 * noted is a date that the calendar has not. The failure says what is wrong, to follow the name of what was read.
 */
export function parseFields(yaml: string): Result<SaidFields, string> {
  const parsed = parseYaml(yaml);
  if (!parsed.ok) return parsed;
  const mapping = Fields.safeParse(parsed.value);
  if (!mapping.success) return failure('holds no lines of the form FIELD: VALUE');
  const entries = Object.entries(mapping.data).flatMap(([name, value]) => {
    const said = fieldOf(value);
    return said === null ? [] : [[tidyLine(name).toLowerCase().slice(0, LONGEST_NAME), said] as const];
  });
  if (entries.length > MOST_FIELDS) return failure(`says more than ${MOST_FIELDS} fields`);
  const values = entries.reduce((sum, [, said]) => sum + (typeof said === 'string' ? 1 : said.length), 0);
  if (values > MOST_VALUES) return failure(`says more than ${MOST_VALUES} values`);
  const given = entries.map(([name]) => name).filter((name) => GIVEN_FIELDS.includes(name));
  // Checking the fields has taken it out.
  const vain = Object.hasOwn(parsed.value ?? {}, '__proto__') ? [...given, '__proto__'] : given;
  const fields = Object.fromEntries(entries.filter(([name]) => !vain.includes(name)));
  const unused = Object.entries(mapping.data).flatMap(([name, value]) =>
    value === null || isEmptyList(value) || fieldOf(value) !== null ? [] : [clip(tidyLine(name), LONGEST_NAME)],
  );
  return success({ fields, notes: [...notesOnVain(vain), ...notesOnUnused(unused), ...notesOnDate(fields['date'])] });
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.every((one) => one === null || one === '');

function notesOnVain(names: readonly string[]): ReadingNote[] {
  const text = `${names.join(', ')} cannot be said of a document and has no effect; use another name for it`;
  return names.length === 0 ? [] : [{ kind: 'warning', text }];
}

function notesOnUnused(names: readonly string[]): ReadingNote[] {
  const named = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ' and more' : ''}`;
  const text = `${named} is neither a value nor a list of values and is left out; correct it and ingest again`;
  return names.length === 0 ? [] : [{ kind: 'gap', text }];
}

function notesOnDate(said: FieldValue | undefined): ReadingNote[] {
  const date = said === undefined ? null : fieldText(said);
  if (date === null || dayOf(date) !== null) return [];
  const text = `the date "${clip(date, LONGEST_NAME)}" is no day (YYYY-MM-DD), and the document has none; correct it and ingest again`;
  return [{ kind: 'gap', text }];
}

/** Null where it cannot be a field's. */
function fieldOf(value: unknown): FieldValue | null {
  if (!Array.isArray(value)) return textOf(value);
  const texts = value.map(textOf);
  if (!texts.every((text) => text !== null)) return null;
  const members = [...new Set(texts.filter((text) => text !== ''))];
  return members.length > 1 ? members : (members[0] ?? null);
}

function textOf(value: unknown): string | null {
  const { success: isScalar, data } = Scalar.safeParse(value);
  if (!isScalar) return null;
  return clip(tidyLine(data instanceof Date ? data.toISOString().slice(0, 10) : String(data)), LONGEST_VALUE);
}

function parseYaml(yaml: string): Result<unknown, string> {
  try {
    const document = parseDocument(yaml, { logLevel: 'error' });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    // As it is written: version 1.10 is not 1.1.
    visit(document, {
      Scalar(key, node) {
        if (key !== 'key' && node.source !== undefined && WRITTEN.has(typeof node.value)) node.value = node.source;
      },
    });
    return success(document.toJS({ maxAliasCount: MOST_ALIASES }));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) return failure(`repeats itself by more than ${MOST_ALIASES} aliases`);
    const line = error.linePos?.[0].line;
    return failure(`is no YAML${line === undefined ? '' : ` (line ${line})`}`);
  }
}
