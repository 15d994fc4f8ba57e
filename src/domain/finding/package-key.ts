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

/** Types whose namespaces and names ignore case (purl-spec, "purl types"). */
const WITHOUT_CASE = new Set(['bitbucket', 'github', 'pypi']);

/**
 * What tells one package URL from another: all of it but for qualifiers of the build, the order of qualifiers (purl-spec: sorted by key), signs that tools escape or
 * not, and the case of names that have none.
 */
export function packageKey(purl: string): string {
  const [, path = '', qualifiers = '', subpath = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(purl) ?? [];
  const kept = qualifiers
    .slice(1)
    .split('&')
    .filter((one) => one !== '' && qualifierTellsApart(one))
    .map((one) => one.replace(/^[^=]*/, (key) => key.toLowerCase()))
    .sort()
    .join('&');
  return nameKey(withoutEscapes(path)) + (kept === '' ? '' : `?${kept}`) + subpath;
}

/** Whether a qualifier (`arch=amd64`) tells packages apart. A JAR is what a package of Maven is unless something else is said. */
export function qualifierTellsApart(qualifier: string): boolean {
  const key = qualifier.split('=', 1)[0]?.toLowerCase() ?? '';
  return !OF_THE_BUILD.has(key) && qualifier.toLowerCase() !== 'type=jar';
}

/** As the specification writes them: a colon and a tilde as they are, a plus escaped, and the `@` of an npm scope, which is not that of a version. */
function withoutEscapes(path: string): string {
  return path
    .replace(/%3a/gi, ':')
    .replace(/%7e/gi, '~')
    .replaceAll('+', '%2B')
    .replaceAll('/@', '/%40')
    .replace(/^(pkg:npm\/%40[^/%@]+)%2f/i, '$1/');
}

/** Type, namespace and name as the specification writes them; the version as it is. */
function nameKey(path: string): string {
  const [, type, rest = '', version = ''] = /^(pkg:[^/]+)\/(.*?)(@[^@]*)?$/is.exec(path) ?? [];
  if (type === undefined) return path;
  const [kind, isWithoutCase] = [type.toLowerCase(), WITHOUT_CASE.has(type.slice(4).toLowerCase())];
  const name = isWithoutCase ? rest.toLowerCase() : rest;
  return `${kind}/${kind === 'pkg:pypi' ? name.replaceAll('_', '-') : name}${version}`;
}
