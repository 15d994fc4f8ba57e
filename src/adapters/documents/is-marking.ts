const MARKING = /^tlp:\s?(?:white|clear|green|amber(?:\+strict)?|red)$/i;

/** Whether a line says how far a document may be handed on (FIRST, "Traffic Light Protocol"), and nothing else. */
export function isMarking(line: string): boolean {
  return MARKING.test(line.trim());
}
