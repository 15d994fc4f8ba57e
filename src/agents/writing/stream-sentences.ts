import { JSONParser } from '@streamparser/json';
import { groundSentence } from '../grounding/ground-sentence.ts';
import type { NarrativeField } from './answer-schema.ts';
import type { Assignment, BatchAsker } from './assignment.ts';

/**
 * Reads an answer while it is written and tells of each sentence as soon as it is whole and has been checked: nothing that a model makes up is
 * shown, not even for a moment.
 */
export function streamSentences(
  { fields, run }: Pick<BatchAsker, 'fields' | 'run'>,
  batch: readonly Assignment[],
): (delta: string) => void {
  const paths = ['$.findings.*.cveId', ...fields.map((field) => `$.findings.*.${field}.*`)];
  const parser = new JSONParser({ paths, keepStack: false });
  let current: Assignment | undefined;
  let isBroken = false;
  parser.onError = () => {
    isBroken = true;
  };
  parser.onValue = ({ value, key, stack }) => {
    if (key === 'cveId') {
      current = batch.find(({ finding }) => finding.vulnerabilityId === value);
      return;
    }
    const field = stack
      .map((level) => level.key)
      .find((name): name is NarrativeField => fields.includes(name as NarrativeField));
    const sentence = toClaim(value);
    if (current === undefined || field === undefined || sentence === null) return;
    const grounding = groundSentence(sentence, current.evidence);
    if (grounding.ok) {
      run.emit({ type: 'narrative-delta', cveId: current.finding.cveId, field, text: `${grounding.text} ` });
    }
  };
  return (delta) => {
    if (!isBroken) parser.write(delta);
  };
}

function toClaim(value: unknown): { readonly text: string; readonly evidence: readonly string[] } | null {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('evidence' in value)) return null;
  const { text, evidence } = value;
  if (typeof text !== 'string' || !Array.isArray(evidence)) return null;
  return { text, evidence: evidence.filter((id) => typeof id === 'string') };
}
