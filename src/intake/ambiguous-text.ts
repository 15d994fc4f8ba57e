import type { AssetList } from '../domain/asset/asset.ts';
import { namesAnAsset } from './assets/join-assets.ts';
import type { FoundIds } from './find-ids.ts';

/** Words of a request that name nothing. */
const EMPTY_WORDS = new Set(
  'a about affected all an and any are as assess assessment at by can check cve cves do for from have how i in is it me my of on or our please risk risks the their there these this to us vulnerabilities vulnerability we what with you your'.split(
    ' ',
  ),
);

/**
 * Whether rules do not know what a sentence is about: it names no vulnerability id, has something that was meant as one, or, beside a list of assets, has words left over that may name some of them and
 * none that does. A word alone is no sentence.
 */
export function isAmbiguous(sentence: string, { ids, malformed }: FoundIds, assets: AssetList | null): boolean {
  if (!/\S\s+\S/.test(sentence.trim())) return false;
  if (ids.length === 0 || malformed.length > 0) return true;
  return assets !== null && !namesAnAsset(sentence, assets) && leftOver(sentence, ids).length > 0;
}

function leftOver(sentence: string, ids: FoundIds['ids']): string[] {
  const rest = ids.reduce((text, { id }) => text.replaceAll(id.toLowerCase(), ' '), sentence.toLowerCase());
  return rest.split(/[^\p{L}\p{N}._-]+/u).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word));
}
