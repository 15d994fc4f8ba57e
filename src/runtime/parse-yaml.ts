import { parseDocument } from 'yaml';

/**
 * Reads YAML 1.2, which takes JSON as it is. In a file of its own, so that the parser loads only where a template is read.
 * @throws YAMLError for what is no YAML, and for tags of other languages, which would be read as plain text
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw problem;
  return document.toJS();
}
