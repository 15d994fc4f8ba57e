import type { CveId } from '../domain/cve/cve-id.ts';

/** How much of NVD can be matched against. */
export interface ProductCoverage {
  /** CVEs whose configurations are there. */
  readonly records: number;
  /** Whether that is all of NVD: it was loaded whole. */
  readonly isWhole: boolean;
}

/** A CVE that names a product as vulnerable. */
export interface ProductRow {
  readonly cveId: CveId;
  /** Its configurations (`decodeConfigurations`); null: it was stored before they were kept. */
  readonly configurations: string | null;
}

/** NVD's records by the products that they call vulnerable. */
export interface ProductIndex {
  coverage(): ProductCoverage;
  /** Rows of one product, `vendor:product` of CPE names as plain text, by CVE id. */
  findByProduct(product: string): readonly ProductRow[];
}
