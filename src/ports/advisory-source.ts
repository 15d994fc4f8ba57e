import type { RequestPlan } from '../domain/source/source-plan.ts';
import type { SourceCall } from './vulnerability-source.ts';

/** Versions that are affected up to one that is not. */
export interface AdvisedRange {
  /** The first; null where it is from the beginning on. */
  readonly introduced: string | null;
  readonly fixed: string;
}

/** A package that an advisory calls affected, as far as it tells what mends it. */
export interface AdvisedPackage {
  /** Package URL without version; null where the advisory gives none. */
  readonly purl: string | null;
  /** Name of the package in its ecosystem. */
  readonly name: string | null;
  /** Such as `PyPI`, `Alpine:v3.16`; null where the advisory gives none. */
  readonly ecosystem: string | null;
  /** Ranges of versions, not of commits, that end with a mended one, in the order of the advisory. */
  readonly ranges: readonly AdvisedRange[];
}

/** An advisory of a package database, the fields used. */
export interface Advisory {
  readonly id: string;
  /** Other ids of the same vulnerability, CVE ids among them. */
  readonly aliases: readonly string[];
  /** Whether it was taken back. */
  readonly isWithdrawn: boolean;
  readonly summary: string | null;
  readonly details: string | null;
  /** As written, of whatever version. */
  readonly cvssVectors: readonly string[];
  readonly cwes: readonly string[];
  readonly packages: readonly AdvisedPackage[];
}

/** An answer about a package or an advisory; `absent`: the source was read and does not know it. */
export type AdvisoryAnswer<Value> =
  /** `missing` says why there may be more; left out where it is all. */
  | { readonly kind: 'found'; readonly value: Value; readonly missing?: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A database of advisories by package (OSV). Never throws for a failing server; throws only when cancelled. */
export interface AdvisorySource {
  /** What asking about so many packages takes; asks nothing. */
  planFor(packages: number): RequestPlan;
  /** Ids of the advisories about packages of a version, by package URL with version. */
  findByPackages(
    purls: readonly string[],
    call: SourceCall,
  ): Promise<ReadonlyMap<string, AdvisoryAnswer<readonly string[]>>>;
  fetchAdvisories(ids: readonly string[], call: SourceCall): Promise<ReadonlyMap<string, AdvisoryAnswer<Advisory>>>;
}
