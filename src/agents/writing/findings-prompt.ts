import { findModelFacts, type ModelProvider } from '../../domain/language-model/model-catalogue.ts';
import type { ModelPrompt } from '../../ports/language-model.ts';
import type { Evidence } from '../evidence.ts';
import { isCachingCheaper } from '../language-model/prompt-caching.ts';
import { GLOSSARY } from './prompt-rules.ts';

/** A finding as a prompt shows it. */
export interface PromptFinding {
  readonly id: string;
  readonly evidence: readonly Evidence[];
}

/** A prompt's stable part: what makes up the calls of one agent. */
export interface PromptTemplate {
  readonly version: string;
  readonly instructions: string;
  readonly schemaName: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Whom a prompt is for, and how many calls will begin with the same stable part; 1 where it is not to be cached. */
export interface PromptTarget {
  readonly provider: ModelProvider;
  readonly model: string;
  readonly calls: number;
}

/**
 * A prompt for some findings: the stable part first, the evidence last and delimited. Text in the evidence has been made unable to
 * close its delimiters.
 */
export function toPrompt(
  template: PromptTemplate,
  findings: readonly PromptFinding[],
  { provider, model, calls }: PromptTarget,
  hint: string | null = null,
): ModelPrompt {
  const long = `${template.instructions}\n${GLOSSARY}`;
  const isCached = isCachingCheaper(template.instructions, long, calls, findModelFacts(provider, model));
  const evidence = findings.map(renderFinding).join('\n');
  return {
    instructions: isCached ? long : template.instructions,
    isCached,
    evidence: hint === null ? evidence : `${evidence}\n${hint}`,
    quotesDocuments: findings.some((finding) => finding.evidence.some(({ topic }) => topic === 'document')),
    schemaName: template.schemaName,
    schema: template.schema,
  };
}

/** A finding's evidence, a line each. */
export function renderFinding({ id, evidence }: PromptFinding): string {
  const lines = evidence.map((piece) => `[${piece.id}] ${piece.topic}: ${piece.text.replace(/[<>]/g, inWords)}`);
  return `<finding cveId="${id}">\n${lines.join('\n')}\n</finding>`;
}

/** Ranges of versions are written with these signs; the delimiters' own characters do not survive in evidence. */
function inWords(sign: string): string {
  return sign === '<' ? 'before ' : 'after ';
}
