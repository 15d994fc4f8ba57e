/** Shorter values would be found in plain words. */
const LEAST_CHARACTERS = 4;

/** Cuts secrets out of text, as they are and as URLs write them. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  const all = secrets
    .filter((secret) => secret.length >= LEAST_CHARACTERS)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .toSorted((left, right) => right.length - left.length);
  return (text) => all.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
