import type { ScoredFinding } from '../../ports/assessment-store.ts';
import { collectEvidence, type Evidence, number } from '../evidence.ts';
import { safeSentences } from '../grounding/untrusted-text.ts';

/**
 * The evidence of a finding as a model may see it: that of the rules, by the same numbers, then what is judged and what the record says, with everything
 * from outside filtered. Filtering takes a while, so that only findings which a model writes about go through it.
 */
export function promptEvidence(finding: ScoredFinding): Evidence[] {
  const known = collectEvidence(finding).map((piece) =>
    piece.topic === 'record' ? { ...piece, text: `${finding.vulnerabilityId}: ${safeTitle(finding)}` } : piece,
  );
  const more = [...judgementEvidence(finding), ...descriptionEvidence(finding)];
  return [...known, ...number(more, known.length + 1)];
}

/** A title from outside may hold anything; one that is no plain phrase is left out. */
function safeTitle({ title, vulnerabilityId }: ScoredFinding): string {
  return safeSentences(title, TITLE_CHARACTERS) || vulnerabilityId;
}

const TITLE_CHARACTERS = 200;
/** Enough for what a weakness is and where; the rest of a description is mostly versions and history. */
const DESCRIPTION_CHARACTERS = 700;

function judgementEvidence({ risk, cwes }: ScoredFinding): Omit<Evidence, 'id'>[] {
  const pieces: Omit<Evidence, 'id'>[] = [];
  if (risk.level !== null) {
    const text = `level ${risk.level}: likelihood ${risk.likelihood} of 5, impact ${risk.impact} of 5`;
    pieces.push({ topic: 'risk', source: 'ERAS', text });
  }
  if (cwes.length > 0) pieces.push({ topic: 'weakness', source: 'CVE record', text: cwes.slice(0, 3).join(', ') });
  return pieces;
}

function descriptionEvidence({ description, status }: ScoredFinding): Omit<Evidence, 'id'>[] {
  if (description === null || status === 'rejected') return [];
  const text = safeSentences(description, DESCRIPTION_CHARACTERS);
  return text === '' ? [] : [{ topic: 'description', source: 'CVE record', text }];
}
