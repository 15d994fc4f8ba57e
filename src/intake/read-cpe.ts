import { parseCpe } from '../domain/cpe/cpe-name.ts';
import { ANY, NA, unescapeValue } from '../domain/cpe/cpe-value.ts';
import type { TargetContent } from './intake.ts';

/** Whether a target was meant as a CPE name. */
export function looksLikeCpe(target: string): boolean {
  return /^\s*cpe:(?:2\.3:|\/)/i.test(target);
}

/** A CPE name as a component; what cannot be read is malformed. */
export function readCpe(target: string): TargetContent {
  const nothing = { sightings: [], gaps: [], warnings: [], moreMalformed: 0, titles: [] };
  const name = parseCpe(target);
  if (!name.ok) return { ...nothing, components: [], malformed: [target] };
  const { product } = name.value;
  const component = {
    purl: null,
    cpe: target.trim(),
    name: product === ANY || product === NA ? null : unescapeValue(product),
    installedVersion: null,
    fixedVersion: null,
  };
  const evidence = { file: 'command line', position: null, tool: null, severity: null };
  return { ...nothing, components: [{ component, application: null, evidence }], malformed: [] };
}
