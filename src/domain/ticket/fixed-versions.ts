import { clipLine } from '../../kernel/clip.ts';
import { compareVersions } from '../cpe/compare-versions.ts';

const [MOST_VERSIONS, LONGEST_VERSION] = [20, 100];

/** The versions that a report writes in one text, each once, in an order of their own. */
export function fixedVersionsOf(text: string | null): readonly string[] {
  const versions = (text ?? '').split(',').map((version) => clipLine(version, LONGEST_VERSION));
  return [...new Set(versions)]
    .filter((version) => version !== '')
    .sort()
    .slice(0, MOST_VERSIONS);
}

/**
 * What to upgrade to where several versions mend this and that: of one major version the latest alone, which mends what the earlier ones do; all of those whose order
 * cannot be told.
 */
export function upgradeTargets(versions: readonly string[]): readonly string[] {
  const all = [...new Set(versions)];
  return all
    .filter((one) => !all.some((other) => majorOf(one) === majorOf(other) && compareVersions(one, other) === 'before'))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }) || (one < other ? -1 : 1));
}

function majorOf(version: string): string {
  return /^(?:\d+:)?v?\d+/i.exec(version)?.[0].toLowerCase() ?? version;
}
