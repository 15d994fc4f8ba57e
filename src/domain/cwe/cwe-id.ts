declare const cweIdBrand: unique symbol;

/** A weakness identifier of MITRE's Common Weakness Enumeration, `CWE-N…`. */
export type CweId = string & { readonly [cweIdBrand]: true };

/** Reads a CWE id; `null` for NVD's placeholders (`NVD-CWE-noinfo`, `NVD-CWE-Other`) and anything else. */
export function toCweId(text: string): CweId | null {
  const match = /^\s*CWE-0*([1-9]\d{0,5})\b/i.exec(text);
  return match ? (`CWE-${match[1]}` as CweId) : null;
}

/** The distinct CWE ids among texts, in order; what is no CWE id is left out. */
export function toCweIds(texts: readonly string[]): CweId[] {
  return [...new Set(texts.map(toCweId).filter((id) => id !== null))];
}
