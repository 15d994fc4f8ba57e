import type { CpeName } from './cpe-name.ts';
import { ANY, canonicalValue, escapeValue, NA, unescapeValue } from './cpe-value.ts';
import { hasWildcard } from './relation.ts';

/** A component as it is compared to NVD's criteria. */
export interface InstalledProduct {
  readonly name: CpeName;
  /** `part:vendor:product`, as `ProductCriteria` has it. */
  readonly product: string;
  /** Plain text; null where nothing says it. */
  readonly version: string | null;
  /** The update of the version as a value of a CPE name: its own, or what the version has behind a hyphen ("2.0-beta9"). */
  readonly update: string;
  /** Whether the version is also told apart from the name, as its package has it: then it is all of the version. */
  readonly isStated: boolean;
}

/** A name as what is installed; `installedVersion` is what else is known of its version. Null where no product can be looked up by it. */
export function toInstalledProduct(name: CpeName, installedVersion: string | null): InstalledProduct | null {
  const isVague = [name.part, name.vendor, name.product].some(
    (value) => value === ANY || value === NA || hasWildcard(value),
  );
  if (isVague) return null;
  const isOpen = name.version === ANY || name.version === NA || hasWildcard(name.version);
  const version = isOpen ? blankToNull(installedVersion) : unescapeValue(name.version);
  return {
    name,
    product: productOf(name),
    version,
    update: name.update === ANY ? updateIn(version) : name.update,
    isStated: version !== null && version.toLowerCase() === blankToNull(installedVersion)?.toLowerCase(),
  };
}

/** `part:vendor:product` of a name. */
export function productOf({ part, vendor, product }: CpeName): string {
  return `${part}:${vendor}:${product}`;
}

/** The key of NVD's index by product: vendor and product as plain text. */
export function indexKeyOf({ vendor, product }: CpeName): string {
  return `${unescapeValue(vendor)}:${unescapeValue(product)}`;
}

/** A version with its update as one text, as NVD writes bounds: "2.0-beta9". */
export function withUpdate(version: string, update: string): string {
  return update === ANY || update === NA ? version : `${version}-${unescapeValue(update)}`;
}

/** The version of a product with its update, which may stand in the version itself; null where it is not known. */
export function wholeVersion({ version, update }: Pick<InstalledProduct, 'version' | 'update'>): string | null {
  return version === null || splitUpdate(version).update !== null ? version : withUpdate(version, update);
}

/** What a version has behind its numbers ("2.0-beta9") is what CPE names call the update. */
export function splitUpdate(version: string): { readonly base: string; readonly update: string | null } {
  const [, base, update] = /^(v?\d+(?:\.\d+)*)[-_.]?([a-z]{2,}[-_.]?\d*)$/i.exec(version) ?? [];
  return base === undefined || update === undefined ? { base: version, update: null } : { base, update };
}

function updateIn(version: string | null): string {
  const { update } = splitUpdate(version ?? '');
  return update === null ? ANY : (canonicalValue(escapeValue(update)) ?? ANY);
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}
