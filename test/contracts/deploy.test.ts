import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { METRICS, type MetricDefinition } from '../../src/adapters/prometheus/metric-definitions.ts';
import { createMetricRegistry } from '../../src/adapters/prometheus/metric-registry.ts';

const DEPLOY = join(import.meta.dirname, '../../deploy');
const read = (path: string) => readFileSync(join(DEPLOY, path), 'utf8');

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string; readonly description: string };
    }[];
  }[];
}

const dashboard = JSON.parse(read('grafana/eras.json')) as Dashboard;
const rules = (parse(read('prometheus/alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...rules.map(({ expr }) => expr),
];

/** Series that a scrape can bring, by the metric that they are of. */
const SUFFIXES = { histogram: ['_bucket', '_sum', '_count'], counter: [''], gauge: [''] } as const;
const definitions: readonly (readonly [string, MetricDefinition])[] = Object.entries(METRICS);
const series = new Map(
  definitions.flatMap(([name, definition]) =>
    SUFFIXES[definition.kind].map((end) => [name + end, definition] as const),
  ),
);
const { registry } = createMetricRegistry();
const ofProcess = new Set(registry.getMetricsAsArray().map(({ name }) => name));

/** Names before a selector, a range or an end; functions and words of the language are none. */
const METRIC_NAME = /\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b(?!\s*\()/g;
const LANGUAGE = new Set(['histogram_quantile', '__rate_interval']);

/** An expression without label values and grouping, whose words are no metrics. */
const bare = (expr: string) => expr.replace(/"[^"]*"/g, '""').replace(/\b(?:by|without)\s*\([^)]*\)/g, '');

describe('what is deployed beside ERAS', () => {
  it('asks for metrics that there are', () => {
    const names = new Set(
      expressions.flatMap((expr) => [...bare(expr).matchAll(METRIC_NAME)].map(([, name = '']) => name)),
    );
    const unknown = [...names].filter((name) => !series.has(name) && !ofProcess.has(name) && !LANGUAGE.has(name));
    expect(unknown).toEqual([]);
    expect(names.size).toBeGreaterThan(12);
  });

  it('selects and groups by labels that these have', () => {
    for (const expr of expressions) {
      for (const [, name = '', selector = ''] of expr.matchAll(/([a-z_]+)\{([^}]*)\}/g)) {
        for (const [, label = ''] of selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) {
          expect(series.get(name)?.labels, `${name} in ${expr}`).toContain(label);
        }
      }
    }
  });

  it('shows every metric of the outside contract on the dashboard', () => {
    const all = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join();
    for (const name of Object.keys(METRICS)) expect(all).toContain(name);
  });

  it('is explained in the guide, metric by metric', () => {
    const guide = readFileSync(join(DEPLOY, '../docs/guide/operations.md'), 'utf8');
    for (const [name, { labels }] of definitions) {
      const shown = labels.map((label) => `\`${label}\``).join(', ') || '–';
      expect(guide).toContain(`| \`${name}\` | ${shown} |`);
    }
  });

  it('has a dashboard whose panels lie side by side', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { gridPos: a, id } of dashboard.panels) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      const overlapping = dashboard.panels.filter(
        ({ gridPos: b, id: other }) =>
          other !== id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
      );
      expect(overlapping).toEqual([]);
    }
  });

  it('says of each alert how bad it is and what to do', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(['warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(annotations.description.length).toBeGreaterThan(20);
    }
  });
});
