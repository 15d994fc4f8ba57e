// Kinds of weakness that lead to the same techniques; the grouping follows the categories of CWE's "Software Development"
// view (CWE-699), merged where the mappings do not tell them apart.
const KINDS: Readonly<Record<string, readonly number[]>> = {
  'command injection': [77, 78, 88],
  'code injection': [94, 95, 96, 917, 1336],
  'sql injection': [89, 564],
  'memory safety': [
    119, 120, 121, 122, 124, 125, 126, 131, 190, 191, 362, 401, 415, 416, 457, 476, 672, 787, 788, 822, 823, 824, 843,
    908,
  ],
  authentication: [287, 288, 289, 290, 294, 302, 303, 304, 305, 306, 345, 346, 347, 1390],
  authorization: [250, 264, 266, 269, 274, 276, 281, 284, 285, 639, 732, 862, 863],
  'path or link handling': [22, 23, 24, 29, 35, 36, 59, 73, 98],
  deserialization: [502],
  'cross-site scripting': [79, 80],
  'xml handling': [91, 611, 776],
  'file upload': [434],
  'credentials or cryptography': [255, 256, 257, 259, 311, 312, 319, 321, 326, 327, 330, 331, 338, 521, 522, 798],
  'information exposure': [200, 201, 203, 209, 497, 532, 538, 552, 668],
  'server-side request forgery': [918],
  'cross-site request forgery': [352],
  'resource exhaustion': [399, 400, 404, 617, 674, 770, 772, 835],
  'open redirect': [601],
  'untrusted code loading': [114, 426, 427, 428, 494, 829],
};

const KIND_BY_ID: ReadonlyMap<string, string> = new Map(
  Object.entries(KINDS).flatMap(([kind, ids]) => ids.map((id): [string, string] => [`CWE-${id}`, kind])),
);

/** The kind of weakness a CWE id belongs to, such as `memory safety`; null where it is in none of the kinds. */
export function findWeaknessKind(cweId: string): string | null {
  return KIND_BY_ID.get(cweId) ?? null;
}
