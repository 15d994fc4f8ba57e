import { parseCpe } from '../domain/cpe/cpe-name.ts';
import { type InstalledProduct, indexKeyOf, toInstalledProduct } from '../domain/cpe/installed-product.ts';
import type { ListedComponent } from '../intake/intake.ts';
import { versionedPurl } from './package-url.ts';

/** A component with a CPE name by which it can be looked up. */
export interface NamedComponent {
  readonly listed: ListedComponent;
  readonly installed: InstalledProduct;
  /** `vendor:product`, as the index has it. */
  readonly key: string;
  /** Whether OSV is asked about it, too. */
  readonly isAsked: boolean;
}

/** Components by whether their CPE name can be looked up. */
export interface NamedComponents {
  readonly named: readonly NamedComponent[];
  /** CPE names that cannot be read, or name no product. */
  readonly unusable: readonly string[];
}

/**
 * The components to match by their CPE names. A distribution's own build is left to OSV where OSV is asked: its builders mend a version without
 * raising it, which NVD's ranges do not know.
 */
export function nameComponents(components: readonly ListedComponent[], isOsvAsked: boolean): NamedComponents {
  const named: NamedComponent[] = [];
  const unusable: string[] = [];
  for (const listed of components) {
    const { cpe, installedVersion } = listed.component;
    if (cpe === null) continue;
    const isAsked = isOsvAsked && versionedPurl(listed.component) !== null;
    if (isAsked && isOfDistribution(listed)) continue;
    const name = parseCpe(cpe);
    const installed = name.ok ? toInstalledProduct(name.value, installedVersion) : null;
    if (name.ok && installed !== null) named.push({ listed, installed, key: indexKeyOf(name.value), isAsked });
    else unusable.push(cpe);
  }
  return { named, unusable };
}

/** Packages of distributions (purl-spec, types). */
const DISTRIBUTION = /^pkg:(?:deb|rpm|apk|alpm|apkg|ebuild)\//i;

/** Whether a component is a distribution's own build. */
export function isOfDistribution({ component }: ListedComponent): boolean {
  return DISTRIBUTION.test(component.purl ?? '');
}
