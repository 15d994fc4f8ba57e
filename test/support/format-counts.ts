import { readFileSync } from 'node:fs';

/** Rows of the guide's table of counted files: a format, its real files, and the CVE ids of each file put together. */
export function countByFormat(
  rows: readonly (readonly [file: string, format: string, ids: number, ...unknown[]])[],
): string[] {
  const counts = new Map<string, { files: number; ids: number }>();
  for (const [, format, ids] of rows) {
    const known = counts.get(format) ?? { files: 0, ids: 0 };
    counts.set(format, { files: known.files + 1, ids: known.ids + ids });
  }
  return [...counts].sort().map(([format, { files, ids }]) => `| ${format} | ${files} | ${ids} |`);
}

/** The lines of the guide on what can be handed in. */
export function guideLines(): string[] {
  return readFileSync(new URL('../../docs/guide/intake.md', import.meta.url), 'utf8').split('\n');
}
