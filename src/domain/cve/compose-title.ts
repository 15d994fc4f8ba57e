import type { CweId } from '../cwe/cwe-id.ts';
import { findCwePhrase, findMostTellingCwe, isBroadCwe } from '../cwe/cwe-phrases.ts';

/** What a title is composed of. */
export interface TitleParts {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly cwes: readonly CweId[];
  readonly cweName: (cweId: CweId) => string | null;
  /** Words for the weakness from elsewhere (the KEV entry's class), used where the CWEs say nothing or little. */
  readonly weakness?: string | null;
}

/**
 * A short title for a record that has none, from facts alone: "Apache Log4j2: deserialization of untrusted data".
 * Null where neither a product nor a weakness is known.
 */
export function composeTitle(parts: TitleParts): string | null {
  const subject = composeSubject(parts.vendor, parts.product);
  const weakness = composeWeakness(parts);
  if (subject === null) return weakness === null ? null : upperFirst(weakness);
  return `${subject}: ${weakness ?? 'vulnerability'}`;
}

/** Whether a name names anything: CNAs write "n/a" or "[UNKNOWN]", CPE 2.3 (NISTIR 7695, 5.3.2) `*` for ANY and `-` for NA. */
export function isNamed(name: string): boolean {
  return !/^\s*(?:n\/?a|\*|-|\[?(?:unknown|unspecified|none)\]?)?\s*$/i.test(name);
}

// Legal forms say nothing about the product: "Apache Software Foundation" is known as Apache. NVD writes "…_project" for
// a vendor that has no name but its product's.
const LEGAL_FORM =
  /[,\s]+(?:software foundation|foundation|corporation|corp\.?|incorporated|inc\.?|limited|ltd\.?|llc|gmbh|ag|s\.?a\.?|b\.?v\.?|co\.?|project)$/i;
// Microsoft's CNA puts the release into the product's name: "Windows 10 Version 1809".
const RELEASE = /\s+version\s+\S+$/i;

function composeSubject(vendorName: string | null, productName: string | null): string | null {
  const vendor = withoutLegalForm(readableName(vendorName));
  const product = readableName(productName);
  if (vendor === null || product === null) return product ?? vendor;
  return startsWithWord(product, vendor) ? product : `${vendor} ${product}`;
}

function readableName(name: string | null): string | null {
  if (name === null || !isNamed(name)) return null;
  const plain = name
    .replace(/\\(.)/g, '$1')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .replace(RELEASE, '');
  // CPE names are all lower case; a name with a capital is written as its owner writes it.
  return /[A-Z]/.test(plain) ? plain : plain.replace(/(^| )([a-z])/g, (match) => match.toUpperCase());
}

function withoutLegalForm(name: string | null): string | null {
  let short = name;
  while (short !== null && LEGAL_FORM.test(short)) short = short.replace(LEGAL_FORM, '');
  return short;
}

/** Whether the product's name repeats the vendor's, as in "Apache Log4j2" of Apache. */
function startsWithWord(product: string, vendor: string): boolean {
  const [name, prefix] = [product.toLowerCase(), vendor.toLowerCase()];
  const compact = (text: string) => text.replace(/[^a-z0-9]/g, '');
  return (
    (name.startsWith(prefix) && !/^[a-z0-9]/.test(name.slice(prefix.length))) ||
    (compact(name) !== '' && compact(name) === compact(prefix))
  );
}

function composeWeakness({ cwes, cweName, weakness }: TitleParts): string | null {
  const telling = findMostTellingCwe(cwes);
  if (telling === null) return weakness ?? null;
  if (isBroadCwe(telling) && weakness) return weakness;
  const name = cweName(telling);
  return findCwePhrase(telling) ?? (name === null ? (weakness ?? null) : shortCweName(name));
}

/**
 * MITRE puts the common name in brackets and quotes, "… ('OS Command Injection')": that one, else the whole without an
 * example ("Path Traversal: '../filedir'"), in lower case.
 */
function shortCweName(name: string): string {
  const common = /\('([^']+)'\)\s*$/.exec(name)?.[1] ?? name.replace(/:\s*'.*$/, '');
  return common
    .split(' ')
    .map((word) => (/^[A-Z][a-z]/.test(word) || word === 'A' ? word.toLowerCase() : word))
    .join(' ');
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
