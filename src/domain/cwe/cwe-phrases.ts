import type { CweId } from './cwe-id.ts';

/**
 * Everyday phrases for frequent weaknesses, for titles; the meaning of an id is MITRE's (Common Weakness Enumeration,
 * https://cwe.mitre.org), the words are ours. The order is that of how much a weakness tells about a CVE: where a record
 * lists several, the first of them here names it.
 */
const SPECIFIC: readonly (readonly [id: string, phrase: string])[] = [
  ['CWE-506', 'embedded malicious code'],
  ['CWE-912', 'hidden functionality'],
  ['CWE-502', 'deserialization of untrusted data'],
  ['CWE-917', 'expression language injection'],
  ['CWE-1336', 'template injection'],
  ['CWE-78', 'OS command injection'],
  ['CWE-77', 'command injection'],
  ['CWE-88', 'argument injection'],
  ['CWE-95', 'eval injection'],
  ['CWE-96', 'static code injection'],
  ['CWE-94', 'code injection'],
  ['CWE-89', 'SQL injection'],
  ['CWE-564', 'Hibernate query injection'],
  ['CWE-90', 'LDAP injection'],
  ['CWE-91', 'XML injection'],
  ['CWE-158', 'null byte injection'],
  ['CWE-643', 'XPath injection'],
  ['CWE-611', 'XML external entity reference'],
  ['CWE-1321', 'prototype pollution'],
  ['CWE-470', 'unsafe reflection'],
  ['CWE-98', 'remote file inclusion'],
  ['CWE-434', 'unrestricted file upload'],
  ['CWE-918', 'server-side request forgery'],
  ['CWE-444', 'HTTP request smuggling'],
  ['CWE-113', 'HTTP response splitting'],
  ['CWE-93', 'CRLF injection'],
  ['CWE-1386', 'insecure junction or mount point handling'],
  ['CWE-22', 'path traversal'],
  ['CWE-23', 'relative path traversal'],
  ['CWE-36', 'absolute path traversal'],
  ['CWE-35', 'path traversal'],
  ['CWE-29', 'path traversal'],
  ['CWE-39', 'path traversal by drive letter'],
  ['CWE-40', 'path traversal by UNC share'],
  ['CWE-44', 'path equivalence'],
  ['CWE-55', 'path equivalence'],
  ['CWE-59', 'link following'],
  ['CWE-61', 'symbolic link following'],
  ['CWE-73', 'file name or path under outside control'],
  ['CWE-798', 'hard-coded credentials'],
  ['CWE-259', 'hard-coded password'],
  ['CWE-321', 'hard-coded cryptographic key'],
  ['CWE-1392', 'default credentials'],
  ['CWE-288', 'authentication bypass by another path'],
  ['CWE-290', 'authentication bypass by spoofing'],
  ['CWE-305', 'authentication bypass'],
  ['CWE-306', 'missing authentication'],
  ['CWE-307', 'unlimited login attempts'],
  ['CWE-384', 'session fixation'],
  ['CWE-352', 'cross-site request forgery'],
  ['CWE-79', 'cross-site scripting'],
  ['CWE-80', 'cross-site scripting'],
  ['CWE-601', 'open redirect'],
  ['CWE-1021', 'clickjacking'],
  ['CWE-416', 'use after free'],
  ['CWE-415', 'double free'],
  ['CWE-122', 'heap-based buffer overflow'],
  ['CWE-121', 'stack-based buffer overflow'],
  ['CWE-787', 'out-of-bounds write'],
  ['CWE-120', 'buffer overflow'],
  ['CWE-126', 'buffer over-read'],
  ['CWE-125', 'out-of-bounds read'],
  ['CWE-843', 'type confusion'],
  ['CWE-134', 'uncontrolled format string'],
  ['CWE-190', 'integer overflow'],
  ['CWE-191', 'integer underflow'],
  ['CWE-129', 'unchecked array index'],
  ['CWE-822', 'dereference of an untrusted pointer'],
  ['CWE-823', 'pointer offset out of range'],
  ['CWE-824', 'access of an uninitialized pointer'],
  ['CWE-908', 'use of an uninitialized resource'],
  ['CWE-457', 'use of an uninitialized variable'],
  ['CWE-476', 'null pointer dereference'],
  ['CWE-367', 'time-of-check to time-of-use race'],
  ['CWE-362', 'race condition'],
  ['CWE-639', 'authorization bypass through a user-controlled key'],
  ['CWE-862', 'missing authorization'],
  ['CWE-863', 'incorrect authorization'],
  ['CWE-295', 'improper certificate validation'],
  ['CWE-347', 'signature not properly verified'],
  ['CWE-345', 'insufficient verification of authenticity'],
  ['CWE-494', 'download of code without an integrity check'],
  ['CWE-427', 'uncontrolled search path'],
  ['CWE-426', 'untrusted search path'],
  ['CWE-428', 'unquoted search path'],
  ['CWE-1188', 'insecure default'],
  ['CWE-276', 'incorrect default permissions'],
  ['CWE-732', 'incorrect permissions on a critical resource'],
  ['CWE-250', 'running with unnecessary privileges'],
  ['CWE-269', 'improper privilege management'],
  ['CWE-647', 'authorization by a non-canonical URL'],
  ['CWE-528', 'exposure of a core dump'],
  ['CWE-522', 'insufficiently protected credentials'],
  ['CWE-532', 'sensitive information in logs'],
  ['CWE-312', 'cleartext storage of sensitive information'],
  ['CWE-319', 'cleartext transmission of sensitive information'],
  ['CWE-330', 'insufficiently random values'],
  ['CWE-327', 'broken or risky cryptography'],
  ['CWE-326', 'weak encryption'],
  ['CWE-203', 'observable discrepancy'],
  ['CWE-1333', 'inefficient regular expression'],
  ['CWE-674', 'uncontrolled recursion'],
  ['CWE-835', 'infinite loop'],
  ['CWE-401', 'memory leak'],
  ['CWE-770', 'unlimited allocation of resources'],
  ['CWE-617', 'reachable assertion'],
  ['CWE-369', 'division by zero'],
];

/** Classes, categories and pillars: they say little, and name a CVE only where nothing more specific is known. */
const BROAD: readonly (readonly [id: string, phrase: string])[] = [
  ['CWE-287', 'improper authentication'],
  ['CWE-285', 'improper authorization'],
  ['CWE-284', 'improper access control'],
  ['CWE-74', 'injection'],
  ['CWE-138', 'special elements not neutralized'],
  ['CWE-119', 'memory corruption'],
  ['CWE-200', 'exposure of sensitive information'],
  ['CWE-400', 'uncontrolled resource consumption'],
  ['CWE-404', 'improper release of resources'],
  ['CWE-264', 'weak permissions or access control'],
  ['CWE-693', 'failure of a protection mechanism'],
  ['CWE-704', 'incorrect type conversion'],
  ['CWE-189', 'numeric error'],
  ['CWE-399', 'resource management error'],
  ['CWE-255', 'credentials management error'],
  ['CWE-310', 'cryptographic weakness'],
  ['CWE-254', 'weak security feature'],
  ['CWE-388', 'error handling weakness'],
  ['CWE-755', 'improper handling of exceptional conditions'],
  ['CWE-754', 'unusual conditions not checked'],
  ['CWE-116', 'improper output encoding'],
  ['CWE-19', 'data processing error'],
  ['CWE-707', 'improper neutralization'],
  ['CWE-20', 'improper input validation'],
];

const PHRASES: ReadonlyMap<string, string> = new Map([...SPECIFIC, ...BROAD]);
const SPECIFIC_RANKS: ReadonlyMap<string, number> = new Map(SPECIFIC.map(([id], rank) => [id, rank]));
const BROAD_RANKS: ReadonlyMap<string, number> = new Map(BROAD.map(([id], rank) => [id, SPECIFIC.length + 1 + rank]));

/** An everyday phrase in lower case, or null for a weakness that is not in the table. */
export function findCwePhrase(cweId: CweId): string | null {
  return PHRASES.get(cweId) ?? null;
}

/** Whether the weakness is so general that it hardly tells two CVEs apart. */
export function isBroadCwe(cweId: CweId): boolean {
  return BROAD_RANKS.has(cweId);
}

/** The weakness that tells most; those outside the table are taken for specific but rank behind it. Null for an empty list. */
export function findMostTellingCwe(cweIds: readonly CweId[]): CweId | null {
  const rank = (id: CweId) => SPECIFIC_RANKS.get(id) ?? BROAD_RANKS.get(id) ?? SPECIFIC.length;
  let best: CweId | null = null;
  for (const id of cweIds) if (best === null || rank(id) < rank(best)) best = id;
  return best;
}
