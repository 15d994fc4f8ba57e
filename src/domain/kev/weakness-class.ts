/**
 * Words for a weakness at the end of a catalogue entry's `vulnerabilityName` ("… Privilege Escalation Vulnerability"),
 * and what a title says for them. Longer ones come first where one ends with another.
 */
const CLASSES: readonly (readonly [ending: string, phrase: string])[] = [
  ['os command injection', 'OS command injection'],
  ['command injection', 'command injection'],
  ['code injection', 'code injection'],
  ['sql injection', 'SQL injection'],
  ['remote code execution', 'remote code execution'],
  ['code execution', 'code execution'],
  ['command execution', 'command execution'],
  ['privilege escalation', 'privilege escalation'],
  ['elevation of privilege', 'privilege escalation'],
  ['improper privilege management', 'improper privilege management'],
  ['authentication bypass', 'authentication bypass'],
  ['authorization bypass', 'authorization bypass'],
  ['security feature bypass', 'security feature bypass'],
  ['security bypass', 'security bypass'],
  ['sandbox bypass', 'sandbox bypass'],
  ['sandbox escape', 'sandbox escape'],
  ['missing authentication', 'missing authentication'],
  ['broken access control', 'broken access control'],
  ['improper access control', 'improper access control'],
  ['incorrect access control', 'improper access control'],
  ['input validation', 'improper input validation'],
  ['information leakage', 'information disclosure'],
  ['unauthorized access', 'unauthorized access'],
  ['information disclosure', 'information disclosure'],
  ['denial of service', 'denial of service'],
  ['path traversal', 'path traversal'],
  ['directory traversal', 'path traversal'],
  ['local file inclusion', 'local file inclusion'],
  ['file inclusion', 'file inclusion'],
  ['file upload', 'unrestricted file upload'],
  ['arbitrary file creation', 'arbitrary file creation'],
  ['arbitrary read and write', 'arbitrary memory read and write'],
  ['memory corruption', 'memory corruption'],
  ['heap buffer overflow', 'heap-based buffer overflow'],
  ['stack buffer overflow', 'stack-based buffer overflow'],
  ['buffer overflow', 'buffer overflow'],
  ['integer overflow', 'integer overflow'],
  ['use after free', 'use after free'],
  ['type confusion', 'type confusion'],
  ['out of bounds write', 'out-of-bounds write'],
  ['out of bounds read', 'out-of-bounds read'],
  ['cross site scripting', 'cross-site scripting'],
  ['cross site scripting (xss)', 'cross-site scripting'],
  ['request forgery', 'request forgery'],
  ['server side request forgery', 'server-side request forgery'],
  ['deserialization', 'deserialization of untrusted data'],
  ['spoofing', 'spoofing'],
  ['hard coded credentials', 'hard-coded credentials'],
  ['default credentials', 'default credentials'],
  ['race condition', 'race condition'],
];

/**
 * The weakness that an entry of CISA's catalogue is named after, in lower case; null where its name does not say
 * ("Unspecified Vulnerability").
 */
export function findWeaknessClass(vulnerabilityName: string): string | null {
  const words = vulnerabilityName
    .toLowerCase()
    .replace(/\s+vulnerabilit(?:y|ies)\s*$/, '')
    .replace(/-/g, ' ')
    .trim();
  let longest: readonly [string, string] | null = null;
  for (const entry of CLASSES) {
    if (words.endsWith(entry[0]) && (longest === null || entry[0].length > longest[0].length)) longest = entry;
  }
  return longest?.[1] ?? null;
}
