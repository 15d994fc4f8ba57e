const IDS =
  /\bCVE-\d{4}-\d{4,19}\b|\bCWE-\d{1,5}\b|\bT\d{4}(?:\.\d{3})?\b|\bTA\d{4}\b|\bGHSA(?:-[23456789cfghjmpqrvwx]{4}){3}\b/gi;
const MOST_IDS = 200;

/** The ids of vulnerabilities, weaknesses and techniques in a text, once each, in upper case (a GHSA id's letters after its first part are lower). */
export function findIdsIn(text: string): string[] {
  const ids = [...text.matchAll(IDS)].map(([id]) =>
    /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase(),
  );
  return [...new Set(ids)].slice(0, MOST_IDS);
}
