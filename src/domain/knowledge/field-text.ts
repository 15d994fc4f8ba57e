import type { FieldValue } from './document.ts';

/** A field's value in one line, several joined by commas. */
export function fieldText(value: FieldValue): string {
  return typeof value === 'string' ? value : value.join(', ');
}
