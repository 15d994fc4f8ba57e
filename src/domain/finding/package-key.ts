/**
 * Qualifiers of package URLs (purl-spec, "Known qualifiers", and those of its types) that say where a package comes from or how it was built, and that one tool writes
 * and another does not: the same version of the same package with others of these is the same package.
 */
const OF_THE_BUILD = new Set([
  'checksum',
  'distro',
  'distro_name',
  'distro_version',
  'download_url',
  'file_name',
  'modularitylabel',
  'os_name',
  'os_version',
  'package-id',
  'upstream',
  'vcs_url',
]);

/** What tells one package URL from another: all of it but for qualifiers of the build, and signs in the version that tools escape or not. */
export function packageKey(purl: string): string {
  const [, path = '', qualifiers = '', subpath = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(purl) ?? [];
  const kept = qualifiers
    .slice(1)
    .split('&')
    .filter((one) => one !== '' && tellsApart(one))
    .join('&');
  return withoutEscapes(path) + (kept === '' ? '' : `?${kept}`) + subpath;
}

/** A JAR is what a package of Maven is unless something else is said. */
function tellsApart(qualifier: string): boolean {
  const key = qualifier.split('=', 1)[0]?.toLowerCase() ?? '';
  return !OF_THE_BUILD.has(key) && qualifier.toLowerCase() !== 'type=jar';
}

/** As the specification writes them: a colon and a tilde as they are, a plus escaped. */
function withoutEscapes(path: string): string {
  return path.replace(/%3a/gi, ':').replace(/%7e/gi, '~').replaceAll('+', '%2B');
}
