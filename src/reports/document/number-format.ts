const FORMATS = new Map<string, Intl.NumberFormat>();

/** A number in the notation of a locale: making a format takes thirty times as long as using it, and a report says thousands of numbers. */
export function formatNumber(value: number, locale: string, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = FORMATS.get(key) ?? new Intl.NumberFormat(locale, options);
  FORMATS.set(key, known);
  return known.format(value);
}
