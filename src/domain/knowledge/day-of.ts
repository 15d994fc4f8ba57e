const DAY = /^\d{4}-\d{2}-\d{2}/;

/** The day that a field names (`YYYY-MM-DD`, whatever follows); null where the calendar has none such. */
export function dayOf(text: string): string | null {
  const day = DAY.exec(text)?.[0] ?? '';
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}
