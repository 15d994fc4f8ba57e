import type { Component } from '../../src/domain/finding/sighting.ts';
import type { ReportItem } from '../../src/intake/reports/report-format.ts';

/** Items of a report, a line each: kind or ids, component, place, and what VEX says. */
export function outlineItems(items: Iterable<ReportItem>): string[] {
  return [...items].map((item) => {
    if (item.kind === 'subject') return `subject ${item.name} ${item.version ?? '-'}`;
    if (item.kind === 'looked') return `looked ${item.host?.hostname ?? item.subject?.id ?? '-'} | ${item.tool}`;
    if (item.kind === 'component') return `component ${outlineComponent(item.component)} | ${item.position}`;
    if (item.kind !== 'finding') return `${item.kind} ${item.what} | ${item.position}`;
    const vex =
      item.vex === null ? [] : [`${item.vex.status}: ${item.vex.justification ?? '-'}, ${item.vex.detail ?? '-'}`];
    const parts = [item.ids.join(' '), outlineComponent(item.component), item.position, ...vex];
    return parts.join(' | ');
  });
}

function outlineComponent(component: Component | null): string {
  if (component === null) return '-';
  const { purl, cpe, name, installedVersion, fixedVersion } = component;
  const fix = fixedVersion === null ? '' : ` > ${fixedVersion}`;
  return `${[name, purl, cpe].filter((one) => one !== null).join(' ')} (${installedVersion ?? '-'}${fix})`;
}
