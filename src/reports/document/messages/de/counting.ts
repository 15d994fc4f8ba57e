/** A count in German notation. */
export const zahl = (count: number): string => count.toLocaleString('de-DE');
/** A count with its noun. */
export const many = (count: number, one: string, more: string): string => `${zahl(count)} ${count === 1 ? one : more}`;
