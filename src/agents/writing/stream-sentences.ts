import { JSONParser } from '@streamparser/json';
import type { Evidence } from '../evidence.ts';
import { groundSentence } from '../grounding/ground-sentence.ts';
import { type NarrativeField, Sentence } from './answer-schema.ts';
import type { Assignment } from './assignment.ts';
import { type ModelCall, SUMMARY, type TellTarget, type Told } from './told.ts';

/**
 * Reads one call's answer about findings while it is written and tells of each sentence as soon as it is whole, with its evidence, and has
 * been checked: nothing that a model makes up is shown, not even for a moment.
 */
export function streamSentences(
  fields: readonly NarrativeField[],
  batch: readonly Assignment[],
  told: Told,
  call: ModelCall,
): (delta: string) => void {
  const seen = new Set<string>();
  let current: Assignment | undefined;
  const paths = ['$.findings.*.cveId', ...fields.map((field) => `$.findings.*.${field}.*`)];
  return readWhileWritten(paths, ({ key, value, path }) => {
    if (key === 'cveId') {
      const id = String(value).trim().toUpperCase();
      // Of a finding that comes twice the first counts, as in the whole answer.
      current = seen.has(id) ? undefined : batch.find(({ finding }) => finding.vulnerabilityId.toUpperCase() === id);
      seen.add(id);
      return;
    }
    const field = path.find((name): name is NarrativeField => fields.includes(name as NarrativeField));
    if (current === undefined || field === undefined) return;
    const { finding, evidence } = current;
    tellIfGrounded(value, evidence, told, call, { key: finding.id, cveId: finding.cveId, field });
  });
}

/** The same for the executive summary. */
export function streamSummary(evidence: readonly Evidence[], told: Told, call: ModelCall): (delta: string) => void {
  return readWhileWritten(['$.text.*'], ({ value }) => tellIfGrounded(value, evidence, told, call, SUMMARY));
}

function tellIfGrounded(
  value: unknown,
  evidence: readonly Evidence[],
  told: Told,
  call: ModelCall,
  target: TellTarget,
): void {
  const sentence = Sentence.safeParse(value);
  if (!sentence.success) return;
  const grounding = groundSentence(sentence.data, evidence);
  if (grounding.ok) told.sentence(target, call, sentence.data, grounding.text);
}

function readWhileWritten(
  paths: string[],
  onValue: (found: { readonly key: unknown; readonly value: unknown; readonly path: readonly unknown[] }) => void,
): (delta: string) => void {
  const parser = new JSONParser({ paths, keepStack: false });
  let isBroken = false;
  parser.onError = () => {
    isBroken = true;
  };
  parser.onValue = ({ key, value, stack }) => onValue({ key, value, path: stack.map((level) => level.key) });
  return (delta) => {
    if (!isBroken) parser.write(delta);
  };
}
