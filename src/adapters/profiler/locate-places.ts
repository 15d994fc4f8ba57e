import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { remember } from '../../kernel/remember.ts';
import type { LocatePlace, Place } from './cpu-profile.ts';

const MOST_FILES = 200;
const PACKAGES = 'node_modules/';

/** Finds the sources of bundled functions by the maps that lie beside the bundle; where there is none, the bundle's own names stand. */
export function createPlaceLocator(): LocatePlace {
  const mapOf = remember(
    (url: string) => ({ map: readMap(url) }),
    (url) => url,
    MOST_FILES,
  );
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName === '' ? '(anonymous)' : functionName;
    if (url === '' || url.startsWith('node:')) return { name, module: url, line: url === '' ? 0 : lineNumber + 1 };
    const entry = mapOf(url).map?.findEntry(lineNumber, columnNumber);
    if (entry === undefined || !('originalSource' in entry))
      return { name, module: moduleOf(url), line: lineNumber + 1 };
    return { name, module: moduleOf(entry.originalSource), line: entry.originalLine + 1 };
  };
}

function readMap(url: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  } catch {
    return null;
  }
}

/** A module by the name that people know it by: of ours from `src`, of packages from the package. */
function moduleOf(path: string): Place['module'] {
  const inPackages = path.lastIndexOf(PACKAGES);
  if (inPackages >= 0) return path.slice(inPackages + PACKAGES.length);
  const inSources = path.lastIndexOf('/src/');
  if (inSources >= 0) return path.slice(inSources + 1);
  return path.startsWith('src/') ? path : (path.split('/').at(-1) ?? path);
}
