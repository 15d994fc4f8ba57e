/** An element as the parser keeps its order: its name with its children, and its attributes. */
export type Node = Record<string, unknown>;

/** How styles are parsed and built, so that what is not changed comes out as it went in. */
export const STYLE_XML = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  // What is escaped stays escaped, in and out.
  processEntities: false,
  suppressBooleanAttributes: false,
} as const;
/** For parsing alone. */
export const KEPT_AS_WRITTEN = { trimValues: false, parseTagValue: false } as const;

/** Where the parser keeps attributes. */
export const ATTRIBUTES = ':@';

/** The children of the first element of that name. */
export function childrenOf(nodes: readonly Node[], name: string): Node[] {
  const found = nodes.find((node) => name in node);
  return (found?.[name] ?? []) as Node[];
}

/** An attribute of an element; empty where it has none. */
export function attribute(node: Node, name: string): string {
  return String((node[ATTRIBUTES] as Record<string, unknown> | undefined)?.[name] ?? '');
}
