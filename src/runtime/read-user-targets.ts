import type { AssetList } from '../domain/asset/asset.ts';
import type { Intake } from '../intake/intake.ts';
import type { SentenceParts } from '../intake/read-sentence.ts';
import { readTargets } from '../intake/read-targets.ts';
import { systemClock } from '../kernel/clock.ts';

const NOTHING: Intake = { sightings: [], components: [], gaps: [], warnings: [] };

/** Reads what the user handed in on the command line; `columns` tell what columns of tables hold, `COLUMN=FIELD` each. @throws RiskError `BAD_INPUT` */
export async function readUserTargets(
  targets: readonly string[],
  columns: readonly string[],
  parts: SentenceParts = { reader: null, assets: null },
): Promise<Intake> {
  // Incidents can stand in the place of targets.
  if (targets.length === 0) return NOTHING;
  return readTargets(targets, process.stdin, columns, systemClock.now(), parts);
}

/** Reads the user's list of assets; null where there is none. @throws RiskError `BAD_INPUT` */
export async function readUserAssets(path: string | undefined): Promise<AssetList | null> {
  if (path === undefined) return null;
  const { readAssets } = await import('../intake/assets/read-assets.ts');
  return readAssets(path);
}
