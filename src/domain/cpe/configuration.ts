/** Versions of a product as NVD gives them (`cpeMatch`, CVE API 2.0). */
export interface VersionCriteria {
  /** The attributes of the CPE name after the product, from version to other; those at the end that are `*` are left out. */
  readonly rest: readonly string[];
  readonly startIncluding: string | null;
  readonly startExcluding: string | null;
  readonly endIncluding: string | null;
  readonly endExcluding: string | null;
}

/** What a node says of one product. */
export interface ProductCriteria {
  /** `part:vendor:product`, canonical values of a CPE name. */
  readonly product: string;
  /** False: the product is not vulnerable itself, but part of what makes another one so, such as an operating system. */
  readonly isVulnerable: boolean;
  readonly versions: readonly VersionCriteria[];
}

/** A node of a configuration: criteria of which any, or all, are met. */
export interface ConfigurationNode {
  readonly isAnd: boolean;
  readonly isNegated: boolean;
  /** Whether it has a criterion that is no CPE name, of which it cannot be said whether it is met. */
  readonly hasUnreadable: boolean;
  readonly criteria: readonly ProductCriteria[];
}

/** One of the configurations of a record in which it is vulnerable: nodes of which any, or all, are met. */
export interface Configuration {
  readonly isAnd: boolean;
  readonly isNegated: boolean;
  readonly nodes: readonly ConfigurationNode[];
}
