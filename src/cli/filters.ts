import { RiskError } from '../kernel/risk-error.ts';
import type { Knowledge } from '../runtime/create-knowledge.ts';

type Filter = Parameters<Knowledge['ask']>[1]['filters'][number];

const FORM = /^\s*([^=<>\s](?:[^=<>]*[^=<>\s])?)\s*(>=|<=|=)\s*(.*?)\s*$/s;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads conditions on documents: `FIELD=VALUE`, `FIELD=VALUE|VALUE` for one of several (a value that has a `|` stands in double quotes, and a `"` in it
 * twice), `date>=YYYY-MM-DD` and `date<=YYYY-MM-DD`.
 * @throws RiskError `BAD_INPUT` where one is something else
 */
export function readFilters(texts: readonly string[]): Filter[] {
  return texts.map((text) => {
    const [, name = '', sign = '', value = ''] = FORM.exec(text) ?? [];
    const field = name.toLowerCase();
    if (field === '' || value === '') throw bad(text, 'is not of the form FIELD=VALUE');
    checkForm(text, field, sign, value);
    if (sign === '=') return { field, is: 'one', values: valuesOf(value) };
    if (field !== 'date' || !isDay(value))
      throw bad(text, 'compares no date; only date>=YYYY-MM-DD and date<=YYYY-MM-DD do');
    return { field, is: sign === '>=' ? 'from' : 'to', values: [value] };
  });
}

/** What has the form of a condition, and can be none. */
function checkForm(text: string, field: string, sign: string, value: string): void {
  if (field.endsWith('!'))
    throw bad(
      text,
      'asks for what is not so, which filters cannot; name the values that it may have (FIELD=VALUE|VALUE)',
    );
  if (sign === '=' && field === 'date' && !valuesOf(value).every(isDay))
    throw bad(text, 'names no day of the calendar (YYYY-MM-DD)');
}

/** A value in quotes up to the next `|` or the end, or what stands between two of these. */
const VALUE = /\s*"((?:[^"]|"")*)"\s*(?:\||$)|([^|]*)(?:\||$)/gy;

function valuesOf(text: string): string[] {
  // What ends with a `|` has an empty value after it.
  return [...`${text}|`.matchAll(VALUE)]
    .slice(0, -1)
    .map(([, quoted, plain = '']) => (quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')));
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function bad(text: string, what: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `--filter "${text.slice(0, 60)}" ${what}` });
}
