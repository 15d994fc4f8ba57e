/**
 * Weaknesses whose name in the CVE records' years is not the one that CWE has today, and categories, which are no weaknesses: CSAF 2.0
 * wants an id with exactly the catalogue's name (section 3.2.3.3, test 6.1.11; compared with CWE 4.17).
 */
const UNFIT = new Set(
  '16,99,210,264,265,275,310,320,399,444,525,526,684,686,698,701,702,789,836,840,1188,1242'
    .split(',')
    .map((number) => `CWE-${number}`),
);

/** The first weakness with a name that CSAF takes; null where there is none. 2.0 has a place for one. */
export function toWeakness(
  cwes: readonly string[],
  cweName: (cweId: string) => string | null,
): { readonly id: string; readonly name: string } | null {
  for (const id of cwes) {
    const name = UNFIT.has(id) ? null : cweName(id);
    if (name !== null) return { id, name };
  }
  return null;
}
