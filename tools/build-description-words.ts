import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Writes the words that real descriptions of vulnerabilities are made of, from the records in ERAS_TEST_DATA: those that occur in at least
 * so many of them. Words alone; no description is copied.
 */
const LEAST_RECORDS = 12;
const TARGET = 'src/agents/grounding/description-words.ts';
const WORDS_A_LINE = 14;

const root = process.env['ERAS_TEST_DATA'];
if (root === undefined) throw new Error('set ERAS_TEST_DATA to the folder with the real records');

function* descriptions(folder: string): Generator<string> {
  const cve5 = join(folder, 'cve/cve5_vulnrichment');
  for (const name of readdirSync(cve5).filter((one) => one.endsWith('.jsonl.gz'))) {
    for (const line of unpack(join(cve5, name)).split('\n').filter(Boolean)) {
      const { containers } = JSON.parse(line);
      const found = (containers.cna.descriptions ?? []).find(({ lang = 'en' }) => String(lang).startsWith('en'));
      if (found !== undefined) yield found.value;
    }
  }
  const nvd = join(folder, 'cve/nvd20_converted_from_1.1');
  for (const name of readdirSync(nvd).filter((one) => one.endsWith('.gz'))) {
    for (const { cve } of JSON.parse(unpack(join(nvd, name))).vulnerabilities) yield cve.descriptions[0].value;
  }
}

function unpack(path: string): string {
  return gunzipSync(readFileSync(path)).toString('utf8');
}

const counts = new Map<string, number>();
let records = 0;
for (const text of descriptions(root)) {
  records += 1;
  for (const word of new Set(text.toLowerCase().match(/[a-z]+/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
}
const words = [...counts]
  .filter(([, count]) => count >= LEAST_RECORDS)
  .map(([word]) => word)
  .sort();
const lines = Array.from({ length: Math.ceil(words.length / WORDS_A_LINE) }, (_, line) =>
  words.slice(line * WORDS_A_LINE, (line + 1) * WORDS_A_LINE).join(' '),
);
writeFileSync(
  TARGET,
  `/**
 * Words that occur in at least ${LEAST_RECORDS} of ${records} descriptions of CVE records (CVE Program with CISA's ADP container, 2024-10; NVD,
 * 2022-10). Made by tools/build-description-words.ts.
 */
export const DESCRIPTION_WORDS: ReadonlySet<string> = new Set(
  \`${lines.join('\n')}\`.split(/\\s+/),
);
`,
);
console.log(`${words.length} words of ${records} descriptions`);
