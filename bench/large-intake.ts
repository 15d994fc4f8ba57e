import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { type Figure, measureCommand, toFigure, withFolder } from './measure.ts';

const BYTES = Number(process.env['ERAS_BENCH_REPORT_MB'] ?? 500) * 1e6;
/** Distinct findings of a report of packages; results of SARIF have no component, and are as many findings as CVEs. */
const [CVES, PACKAGES] = [20_000, 5] as const;
const MOST_MB = 600;
const MOST_MS = 300_000;

/** A report of any length: what stands around its entries, and each of them. */
interface Shape {
  readonly name: string;
  readonly file: string;
  readonly start: string;
  readonly end: string;
  entry(index: number): unknown;
}

const cveOf = (index: number) => `CVE-2024-${10_000 + (index % CVES)}`;
const packageOf = (index: number) => `package-${Math.floor(index / CVES) % PACKAGES}`;

const SHAPES: readonly Shape[] = [
  {
    name: 'SARIF',
    file: 'report.sarif',
    start: '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scanner"}},"results":[',
    end: ']}]}',
    entry: (index) => ({
      ruleId: cveOf(index),
      level: 'error',
      message: { text: `Package: ${packageOf(index)}\n${'x'.repeat(600)}` },
      locations: [{ physicalLocation: { artifactLocation: { uri: `app-${index % 2000}/package.json` } } }],
    }),
  },
  {
    name: 'Trivy',
    file: 'trivy.json',
    start: '{"SchemaVersion":2,"ArtifactName":"app:1","Results":[{"Target":"app","Type":"debian","Vulnerabilities":[',
    end: ']}]}',
    entry: (index) => ({
      VulnerabilityID: cveOf(index),
      PkgName: packageOf(index),
      InstalledVersion: '1.0',
      FixedVersion: '2.0',
      Severity: 'HIGH',
      Description: 'y'.repeat(1500),
    }),
  },
  {
    name: 'Grype',
    file: 'grype.json',
    start: '{"matches":[',
    end: '],"source":{"type":"image","target":{"userInput":"app:1"}},"descriptor":{"name":"grype"}}',
    entry: (index) => ({
      vulnerability: { id: cveOf(index), severity: 'High', description: 'z'.repeat(900) },
      artifact: { name: packageOf(index), version: '1.0', type: 'deb' },
    }),
  },
];

/** Reports of 500 MB (`ERAS_BENCH_REPORT_MB`) through the whole command, offline: time, and the greatest resident size. */
export async function benchLargeIntake(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) {
    await withFolder(async (folder) => {
      const path = join(folder, shape.file);
      await writeReport(path, shape);
      const args = ['assess', path, '--offline', '--no-llm', '--output', join(folder, 'result.json')];
      // Hardly any of these CVEs are in the bundled snapshot: the result has gaps.
      const { ms, peakMb } = await measureCommand(args, { ERAS_HOME: join(folder, 'home') }, [0, 3]);
      const what = `${shape.name} of ${Math.round(BYTES / 1e6)} MB`;
      figures.push(toFigure(what, [ms], MOST_MS, 'ms'), toFigure(`${what}, resident`, [peakMb], MOST_MB, 'MB'));
    });
  }
  return figures;
}

async function writeReport(path: string, { start, end, entry }: Shape): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(start);
  for (let [index, written] = [0, 0]; written < BYTES; index += 1) {
    const text = (index === 0 ? '' : ',') + JSON.stringify(entry(index));
    written += text.length;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end(end);
  await once(stream, 'finish');
}
