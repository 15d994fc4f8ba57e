import { JSONParser } from '@streamparser/json';
import type { Evidence } from '../evidence.ts';
import { groundSentence } from '../grounding/ground-sentence.ts';
import type { NarrativeField } from './answer-schema.ts';
import type { Assignment } from './assignment.ts';
import { SUMMARY, type Told } from './told.ts';

/**
 * Reads an answer about findings while it is written and tells of each sentence as soon as its text is whole and has been checked: nothing that a
 * model makes up is shown, not even for a moment.
 */
export function streamSentences(
  fields: readonly NarrativeField[],
  batch: readonly Assignment[],
  told: Told,
): (delta: string) => void {
  let current: Assignment | undefined;
  const paths = ['$.findings.*.cveId', ...fields.map((field) => `$.findings.*.${field}.*.text`)];
  return readWhileWritten(paths, ({ key, value, path }) => {
    if (key === 'cveId') {
      current = batch.find(({ finding }) => finding.vulnerabilityId === value);
      return;
    }
    const field = path.find((name): name is NarrativeField => fields.includes(name as NarrativeField));
    if (current === undefined || field === undefined || typeof value !== 'string') return;
    const { finding, evidence } = current;
    tellIfGrounded(value, evidence, (text) => told.sentence({ key: finding.id, cveId: finding.cveId, field }, text));
  });
}

/** The same for the executive summary. */
export function streamSummary(evidence: readonly Evidence[], told: Told): (delta: string) => void {
  return readWhileWritten(['$.text.*.text'], ({ value }) => {
    if (typeof value !== 'string') return;
    tellIfGrounded(value, evidence, (text) => told.sentence(SUMMARY, text));
  });
}

/** What carries a sentence is said after its text: until then any evidence may. */
function tellIfGrounded(text: string, evidence: readonly Evidence[], tell: (text: string) => void): void {
  const grounding = groundSentence({ text, evidence: evidence.map(({ id }) => id) }, evidence);
  if (grounding.ok) tell(grounding.text);
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
