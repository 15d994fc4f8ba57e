/** Cuts text at a limit, so that one hostile record cannot fill a report. */
export function clip(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

/** A name or title as one line of what can be seen, cut at a limit: no field of a record can pass for lines of its own. */
export function clipLine(text: string, limit: number): string {
  return clip(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), limit);
}
