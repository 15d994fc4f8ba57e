import type { Evidence } from '../evidence.ts';

/** Names that prose about vulnerabilities may use without evidence of their own: the field's terms, and common protocols. */
const GENERAL_NAMES = new Set(
  `ATT&CK ATTACK API APIs AI BOD CISA CNA CPE CPU CSRF CVE CVEs CVSS CWE DNS DoS DDoS EPSS ERAS FIRST FTP HTML HTTP HTTPS ICMP ID IDs IP IT JNDI JSON KEV LDAP
  LDAPS MFA MITRE NIST NVD OS OT PII RCE RDP RPC SAML SBOM SIEM SMB SMTP SNMP SOC SQL SSH SSL SSO SSRF SSVC SYSTEM TCP TLS UDP UI URI URL URLs VPN WAF XML XSS XXE
  Internet Web English Known Exploited Vulnerabilities Binding Operational Directive Program Critical High Medium Low January February March April May June July
  August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday`
    .split(/\s+/)
    .map((name) => name.toLowerCase()),
);

/** A capitalised word inside a sentence that neither the evidence nor the field knows: most likely a product or vendor out of nowhere. */
export function unknownNameIn(sentence: string, evidence: readonly Evidence[]): string | null {
  const known = knownWords(evidence);
  const words = sentence.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}][\p{L}\p{N}&.+'’_-]*/gu);
  for (const match of words) {
    const word = match[0].replace(/[.'’_-]+$/, '').replace(/['’]s$/, '');
    const isName = /^\p{Lu}/u.test(word) || /\p{Ll}\p{Lu}|\p{L}\d\p{L}/u.test(word);
    if (!isName) continue;
    const startsSentence = match.index === 0 || /[.!?:]\s*["'“]?$/.test(sentence.slice(0, match.index));
    const isOrdinary = /^\p{Lu}?[\p{Ll}'’-]*$/u.test(word);
    if (startsSentence && isOrdinary) continue;
    const parts = wordsOf(word);
    if (parts.every((part) => known.has(part) || GENERAL_NAMES.has(part) || /^\d+$/.test(part))) continue;
    if (known.has(word.toLowerCase()) || GENERAL_NAMES.has(word.toLowerCase())) continue;
    return `the name ${word.slice(0, 40)}`;
  }
  return null;
}

const KNOWN_WORDS = new WeakMap<readonly Evidence[], ReadonlySet<string>>();

/** Words of the evidence, in lower case. */
export function knownWords(evidence: readonly Evidence[]): ReadonlySet<string> {
  const known =
    KNOWN_WORDS.get(evidence) ?? new Set(wordsOf(evidence.map(({ text, source }) => `${text} ${source}`).join(' ')));
  KNOWN_WORDS.set(evidence, known);
  return known;
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}&]+/u);
  const whole = text
    .toLowerCase()
    .split(/[\s,;:()"“”„]+/)
    .map((word) => word.replace(/[.'’_-]+$/, ''));
  return [...words, ...whole].filter((word) => word !== '');
}
