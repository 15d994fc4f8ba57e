import type { Exposure, HumanImpact, MissionImpact } from '../ssvc/decision-points.ts';
import type { Control, DataSensitivity, SecurityRequirements } from './control.ts';

/** Something that a vulnerability can be on: a server, an application, a device. What nobody has said of it is null. */
export interface Asset {
  readonly id: string;
  readonly name: string | null;
  /** Business criticality, 1 (least) to 5 (most). */
  readonly criticality: number | null;
  readonly exposure: Exposure | null;
  /** Such as `production`. */
  readonly environment: string | null;
  readonly owner: string | null;
  readonly humanImpact: HumanImpact | null;
  readonly missionImpact: MissionImpact | null;
  /** What one event on it costs, USD: the 5th and the 95th percentile, 0 < low ≤ high. */
  readonly eventLoss: { readonly low: number; readonly high: number } | null;
  /** Share of the attempts that its controls let through to a loss, 0 to 1: FAIR's vulnerability. */
  readonly susceptibility: number | null;
  /** Controls in place; left out where nobody says. */
  readonly controls?: readonly Control[];
  readonly dataSensitivity?: DataSensitivity | null;
  /** CVSS' security requirements; left out where none is stated. */
  readonly requirements?: SecurityRequirements;
  /** What is not said of the asset itself and taken from one that depends on it, and from which; left out where nothing is. */
  readonly inherited?: Readonly<Partial<Record<'criticality' | 'exposure' | 'owner', string>>>;
  /** Who says so: the file, or the system of record. */
  readonly source: string;
}

/** An asset with the names by which findings are known to be on it. */
export interface ListedAsset {
  readonly asset: Asset;
  readonly hostnames: readonly string[];
  readonly ips: readonly string[];
  /** Vulnerabilities that are known to be on it, CVE or other ids. */
  readonly vulnerabilityIds: readonly string[];
}

/** The assets of an organisation, as far as it has handed them in. */
export interface AssetList {
  readonly assets: readonly ListedAsset[];
  /** Whether the list tells what is on which asset: where it does not and has one asset, everything is on that one. */
  readonly isLinked: boolean;
  /** Further assets, of a system of record, which tells what is on each of them. */
  readonly recorded?: readonly ListedAsset[];
  /** What is odd about the list; left out where nothing is. */
  readonly warnings?: readonly string[];
}

/** An asset of which nothing is known but what it is called, and who says so. */
export function bareAsset(id: string, name: string | null, source: string): Asset {
  return {
    id,
    name,
    criticality: null,
    exposure: null,
    environment: null,
    owner: null,
    humanImpact: null,
    missionImpact: null,
    eventLoss: null,
    susceptibility: null,
    source,
  };
}
