import { Secret } from './secret.ts';

/** Every secret value of a configuration, found by its type, wherever it stands; of URLs with an account, the password, too. */
export function secretsOf(config: object): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (value instanceof Secret) for (const part of partsOf(value.reveal())) found.add(part);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) visit(inner);
  };
  visit(config);
  return [...found];
}

/** A URL without an account is no secret by itself, and is in plain messages. */
function partsOf(secret: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(secret) || !URL.canParse(secret)) return [secret];
  const { password } = new URL(secret);
  return password === '' ? [] : [secret, password, decodeURIComponent(password)];
}
