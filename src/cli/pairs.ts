import { RiskError } from '../kernel/risk-error.ts';

/** A condition or a field as a flag gives it. */
export interface Pair {
  /** In lower case. */
  readonly field: string;
  readonly value: string;
}

/** Reads `FIELD=VALUE`. @throws RiskError `BAD_INPUT` where it is something else */
export function readPairs(texts: readonly string[], flag: string): Pair[] {
  return texts.map((text) => {
    const [, field = '', value = ''] = /^\s*([^=\s][^=]*?)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
    if (field === '' || value === '') {
      throw new RiskError({
        code: 'BAD_INPUT',
        message: `${flag} "${text.slice(0, 60)}" is not of the form FIELD=VALUE`,
      });
    }
    return { field: field.toLowerCase(), value };
  });
}
