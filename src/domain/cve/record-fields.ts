import { z } from 'zod';
import { clip } from '../../kernel/clip.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

// What NVD's records and those of the CVE Program have in common.

const MAX_DESCRIPTION = 8192;
const MAX_REFERENCES = 20;
const MAX_RANGES = 8;

/** Text in one of several languages. */
export const LocalText = z.object({ lang: z.string(), value: z.string() });

/** The text in English, else in whatever language there is; null without one. */
export function describe(texts: readonly z.output<typeof LocalText>[]): string | null {
  const english = texts.find((text) => /^en\b/i.test(text.lang)) ?? texts[0];
  const value = english?.value.trim() ?? '';
  return value === '' ? null : clip(value, MAX_DESCRIPTION);
}

/** A reference with its tags, which NVD capitalises and the CVE Program does not. */
export const Reference = z.object({ url: z.string().max(2048), tags: itemsThatFit(z.string()) });

/** The distinct web addresses tagged as exploits. */
export function exploitUrls(references: readonly z.output<typeof Reference>[]): string[] {
  const urls = references
    .filter((reference) => reference.tags.some((tag) => tag.toLowerCase() === 'exploit'))
    .map((reference) => reference.url)
    .filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url));
  return [...new Set(urls)].slice(0, MAX_REFERENCES);
}

/** Version ranges as one text; null where there are none. */
export function joinRanges(ranges: readonly string[]): string | null {
  if (ranges.length === 0) return null;
  const shown = ranges.slice(0, MAX_RANGES).join('; ');
  return ranges.length > MAX_RANGES ? `${shown}; and ${ranges.length - MAX_RANGES} more` : shown;
}
