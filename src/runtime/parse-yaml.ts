import { parse } from 'yaml';

/** Reads YAML 1.2, which takes JSON as it is. In a file of its own, so that the parser loads only where a template is read. */
export function parseYaml(text: string): unknown {
  return parse(text);
}
