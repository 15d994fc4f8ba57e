/** Cuts text at a limit, so that one hostile record cannot fill a report. */
export function clip(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
