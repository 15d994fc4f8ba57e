import { inertText } from '../safe-text.ts';

/** Properties under ERAS' own prefix; what is null is left out. */
export function toProperties(
  values: Readonly<Record<string, string | number | null | undefined>>,
): { readonly name: string; readonly value: string }[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value == null || value === '' ? [] : [{ name: `eras:${name}`, value: inertText(String(value), 2000) }],
  );
}
