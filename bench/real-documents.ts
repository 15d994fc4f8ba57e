import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Documents that a bench takes in. */
const DOCUMENTS = 200;
const MOST_BYTES = 2 ** 20;
/** Of the scanners' reports, those that are documents. */
const ENDINGS = new Set(['.html', '.md', '.txt', '.csv']);

interface Csaf {
  readonly document: { readonly title: string; readonly notes?: readonly Note[] };
  readonly vulnerabilities?: readonly {
    readonly cve?: string;
    readonly notes?: readonly Note[];
    readonly remediations?: readonly { readonly details: string }[];
  }[];
}

interface Note {
  readonly title?: string;
  readonly text: string;
}

/**
 * Puts 200 real documents of the test data into a folder: its PDF, DOCX, XLSX and Markdown documents, the advisories of CISA as Markdown (CSAF is
 * JSON, which nobody files as a document), and reports of scanners. Returns their number.
 */
export function gatherRealDocuments(data: string, folder: string): number {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const path of filesBelow(join(data, 'docs'))) {
    copyFileSync(path, join(folder, `${count}${extname(path)}`));
    count += 1;
  }
  for (const path of filesBelow(join(data, 'csaf_cisa'))) {
    const text = extname(path) === '.json' ? advisoryText(readFileSync(path, 'utf8')) : null;
    if (text === null || count === DOCUMENTS) continue;
    writeFileSync(join(folder, `${count}.md`), text);
    count += 1;
  }
  for (const path of filesBelow(join(data, 'scans'))) {
    if (count === DOCUMENTS) break;
    const { size } = statSync(path);
    if (!ENDINGS.has(extname(path)) || size === 0 || size > MOST_BYTES) continue;
    copyFileSync(path, join(folder, `${count}${extname(path)}`));
    count += 1;
  }
  return count;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** An advisory as people read it; null where the file is something else. */
function advisoryText(json: string): string | null {
  const { document, vulnerabilities = [] } = JSON.parse(json) as Csaf;
  if (typeof document?.title !== 'string') return null;
  const notes = (all: readonly Note[] = []) => all.map(({ title = 'Note', text }) => `### ${title}\n\n${text}`);
  const flaws = vulnerabilities.flatMap(({ cve = 'Vulnerability', notes: said, remediations = [] }) => [
    `## ${cve}`,
    ...notes(said),
    ...remediations.map(({ details }) => details),
  ]);
  return [`# ${document.title}`, ...notes(document.notes), ...flaws].join('\n\n');
}
