import { strToU8, zipSync } from 'fflate';

/** A ZIP archive of files, by name; a name that ends with `/` is a folder. */
export function zipFiles(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]);
  return zipSync(Object.fromEntries(entries));
}
