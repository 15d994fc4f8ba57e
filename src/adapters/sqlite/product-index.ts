import type { ProductIndex, ProductRow } from '../../ports/product-index.ts';
import type { SqliteDatabase } from './database.ts';

/** The index by product in the embedded store. */
export function createSqliteProductIndex(database: SqliteDatabase): ProductIndex {
  // A product that the record has named no more since has no configurations there, or others: whoever reads them finds out.
  const select = database.prepare<[string], ProductRow>(
    `SELECT p.cve_id AS cveId, nullif(c.configurations, '') AS configurations
     FROM mirror_products p JOIN mirror_configurations c ON c.cve_id = p.cve_id WHERE p.product = ? ORDER BY p.cve_id`,
  );
  return {
    coverage() {
      const records = database.prepare('SELECT count(*) FROM mirror_configurations').pluck().get();
      const whole = database.prepare("SELECT 1 FROM mirror_state WHERE source = 'nvd'").get();
      return { records: Number(records), isWhole: whole !== undefined };
    },
    findByProduct: (product) => select.all(product),
  };
}
