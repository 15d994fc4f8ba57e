import { dayOf } from '../domain/knowledge/day-of.ts';
import { RiskError } from '../kernel/risk-error.ts';

/** `__proto__` is no name that objects keep. */
const NO_NAMES = new Set(['', '__proto__']);
const FORM = /^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$/s;

/**
 * Reads `--field FIELD=VALUE` by names in lower case; a field that is given several times has several values, and `FIELD=` none.
 * @throws RiskError `BAD_INPUT` where one is something else, or `date` is no day
 */
export function readGivenFields(texts: readonly string[]): Record<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const text of texts) {
    const [, name = '', value = ''] = FORM.exec(text) ?? [];
    const field = name.toLowerCase();
    if (NO_NAMES.has(field)) throw bad(text, 'is not of the form FIELD=VALUE, or its name is none');
    if (field === 'date' && value !== '' && dayOf(value) === null)
      throw bad(text, 'is no day of the calendar; give it as YYYY-MM-DD');
    const values = fields.get(field) ?? [];
    if (field === 'date' && values.length > 0) throw bad(text, 'is a second date; a document has one');
    fields.set(field, value === '' || values.includes(value) ? values : [...values, value]);
  }
  return Object.fromEntries(fields);
}

function bad(text: string, what: string): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message: `--field "${text.slice(0, 60)}" ${what}` });
}
