import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { CvssMetric, CvssVersion } from '../../src/domain/cvss/cvss-metric.ts';
import { chooseMetric } from '../../src/scoring/cvss/choose-metric.ts';
import { type MetricsView, viewMetrics } from '../../src/scoring/cvss/metrics-view.ts';
import { vectorOf } from '../../src/scoring/cvss/verify-metric.ts';
import { deriveAutomatable, deriveTechnicalImpact } from '../../src/scoring/ssvc/derive.ts';
import { describeWithTestData, TEST_DATA } from '../support/test-data.ts';

const FILES = ['cve5_cisa_adp.jsonl.gz', 'cve5_bulk_20000.jsonl.gz'];

// What a vector can tell of CISA's choices: the design's floors.
const FLOORS = { automatable: 0.96, technicalImpact: 0.94, f1: 0.9 };

/** A container of a CVE JSON 5 record, the fields used. */
interface Container {
  readonly providerMetadata?: { readonly shortName?: string };
  readonly metrics?: readonly Readonly<Record<string, CvssData & OtherData>>[];
}

interface CvssData {
  readonly version?: string;
  readonly vectorString?: string;
  readonly baseScore?: number;
}

interface OtherData {
  readonly type?: string;
  readonly content?: { readonly options?: readonly Readonly<Record<string, string>>[] };
}

interface Confusion {
  truePositive: number;
  trueNegative: number;
  falsePositive: number;
  falseNegative: number;
}

describeWithTestData("derived SSVC values against CISA's analysts", () => {
  const automatable = emptyConfusion();
  const technicalImpact = emptyConfusion();

  beforeAll(async () => {
    for (const file of FILES) {
      for await (const line of linesOf(file)) {
        const containers = containersOf(line);
        const selected = ssvcOf(containers);
        const metric = chooseMetric(containers.flatMap(metricsOf).filter(({ version }) => version !== '2.0'));
        const view = metric === null ? null : viewOf(metric);
        if (selected === null || view === null) continue;
        count(automatable, deriveAutomatable(view) === 'yes', selected.automatable === 'yes');
        count(technicalImpact, deriveTechnicalImpact(view) === 'total', selected.technicalImpact === 'total');
      }
    }
    report('Automatable', automatable);
    report('Technical Impact', technicalImpact);
  });

  it('are measured on every record with a v3.x or v4.0 vector', () => {
    expect(total(automatable)).toBe(19_370);
    expect(total(technicalImpact)).toBe(19_370);
  });

  it('agree on Automatable', () => {
    expect(agreement(automatable)).toBeGreaterThanOrEqual(FLOORS.automatable);
    expect(f1(automatable)).toBeGreaterThanOrEqual(FLOORS.f1);
  });

  it('agree on Technical Impact', () => {
    expect(agreement(technicalImpact)).toBeGreaterThanOrEqual(FLOORS.technicalImpact);
    expect(f1(technicalImpact)).toBeGreaterThanOrEqual(FLOORS.f1);
  });
});

function linesOf(file: string): AsyncIterable<string> {
  const path = join(TEST_DATA ?? '', 'cve/cve5_vulnrichment', file);
  return createInterface({ input: createReadStream(path).pipe(createGunzip()) });
}

/** The CNA's container and then the ADPs'. */
function containersOf(line: string): readonly Container[] {
  const { containers } = JSON.parse(line) as { containers: { cna: Container; adp?: readonly Container[] } };
  return [containers.cna, ...(containers.adp ?? [])];
}

function metricsOf(container: Container, index: number): readonly CvssMetric[] {
  const data = (container.metrics ?? []).flatMap((metric) =>
    Object.entries(metric).flatMap(([kind, value]) => (kind.startsWith('cvssV') ? [value] : [])),
  );
  return data.map((cvss) => ({
    version: cvss.version as CvssVersion,
    vector: cvss.vectorString ?? '',
    baseScore: cvss.baseScore ?? 0,
    severity: 'NONE',
    source: container.providerMetadata?.shortName ?? '',
    type: index === 0 ? 'Primary' : 'Secondary',
  }));
}

function ssvcOf(containers: readonly Container[]): { automatable: string; technicalImpact: string } | null {
  const options = containers
    .flatMap(({ metrics }) => metrics ?? [])
    .flatMap(({ other }) => (other?.type === 'ssvc' ? (other.content?.options ?? []) : []));
  const selectionOf = (name: string) => options.find((option) => name in option)?.[name]?.toLowerCase();
  const [automatable, technicalImpact] = [selectionOf('Automatable'), selectionOf('Technical Impact')];
  return automatable === undefined || technicalImpact === undefined ? null : { automatable, technicalImpact };
}

function viewOf(metric: CvssMetric): MetricsView | null {
  const vector = vectorOf(metric);
  return vector === null ? null : viewMetrics(vector);
}

function emptyConfusion(): Confusion {
  return { truePositive: 0, trueNegative: 0, falsePositive: 0, falseNegative: 0 };
}

function count(confusion: Confusion, ours: boolean, theirs: boolean): void {
  if (ours) confusion[theirs ? 'truePositive' : 'falsePositive'] += 1;
  else confusion[theirs ? 'falseNegative' : 'trueNegative'] += 1;
}

function total({ truePositive, trueNegative, falsePositive, falseNegative }: Confusion): number {
  return truePositive + trueNegative + falsePositive + falseNegative;
}

function agreement(confusion: Confusion): number {
  return (confusion.truePositive + confusion.trueNegative) / total(confusion);
}

function f1({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return (2 * truePositive) / (2 * truePositive + falsePositive + falseNegative);
}

function report(name: string, confusion: Confusion): void {
  const figures = `agreement ${agreement(confusion).toFixed(4)}, F1 ${f1(confusion).toFixed(4)}`;
  process.stdout.write(`${name}: ${figures} of ${total(confusion)} records ${JSON.stringify(confusion)}\n`);
}
