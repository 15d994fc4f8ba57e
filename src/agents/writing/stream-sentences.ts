import { JSONParser } from '@streamparser/json';
import type { Evidence } from '../evidence.ts';
import type { ClaimedSentence } from '../grounding/ground-sentence.ts';
import type { NarrativeField } from './answer-schema.ts';
import type { Assignment, BatchAsker } from './assignment.ts';
import { followSentences } from './sentence-progress.ts';

/**
 * Reads an answer while it is written and tells of its text a few words behind the model, once what has been written of the sentence holds:
 * no id, number or judgement that evidence does not carry is shown, not even for a moment.
 */
export function streamSentences(
  { fields, run }: Pick<BatchAsker, 'fields' | 'run'>,
  batch: readonly Assignment[],
): (delta: string) => void {
  const sentences = fields.map((field) => `$.findings.*.${field}.*`);
  const paths = ['$.findings.*.cveId', ...sentences, ...sentences.map((path) => `${path}.text`)];
  const parser = new JSONParser({ paths, keepStack: false, emitPartialTokens: true, emitPartialValues: true });
  let current: Assignment | undefined;
  const progress = followSentences();
  let isBroken = false;
  parser.onError = () => {
    isBroken = true;
  };
  parser.onValue = ({ value, key, stack, partial }) => {
    if (key === 'cveId') {
      if (partial !== true) current = batch.find(({ finding }) => finding.vulnerabilityId === value);
      return;
    }
    const field = stack
      .map((level) => level.key)
      .find((name): name is NarrativeField => fields.includes(name as NarrativeField));
    if (current === undefined || field === undefined) return;
    const { finding, evidence } = current;
    const text = partial === true ? growBy(key, value, evidence) : endWith(value, evidence);
    if (text !== '') run.emit({ type: 'narrative-delta', cveId: finding.cveId, field, text });
  };

  function growBy(key: unknown, value: unknown, evidence: readonly Evidence[]): string {
    return key === 'text' && typeof value === 'string' ? progress.grow(value, evidence) : '';
  }

  function endWith(value: unknown, evidence: readonly Evidence[]): string {
    const sentence = toClaim(value);
    return sentence === null ? '' : progress.end(sentence, evidence);
  }

  return (delta) => {
    if (!isBroken) parser.write(delta);
  };
}

function toClaim(value: unknown): ClaimedSentence | null {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('evidence' in value)) return null;
  const { text, evidence } = value;
  if (typeof text !== 'string' || !Array.isArray(evidence)) return null;
  return { text, evidence: evidence.filter((id) => typeof id === 'string') };
}
