import type { NarrativePart, ScoredFinding } from '../../ports/assessment-store.ts';
import { collectEvidence } from '../evidence.ts';
import { citeSentences, joinSentences, listWords, PLAIN, type Sentence } from '../prose.ts';

/** Who attacks and how, written by rules over the finding's evidence. */
export function writeThreatByRules(finding: ScoredFinding): NarrativePart {
  const sentences = [describeExploitation(finding), describeForecast(finding), describeTechniques(finding)];
  return {
    threat: joinSentences(sentences),
    source: 'rules',
    model: null,
    ...PLAIN,
    citations: citeSentences(sentences, collectEvidence(finding)),
  };
}

function describeExploitation({ ssvc, kev, kevStatus, status }: ScoredFinding): Sentence {
  if (ssvc === null) {
    return {
      text: status === 'rejected' ? 'There is no threat: the id was withdrawn.' : 'Nothing is known of a threat.',
      restsOn: [],
    };
  }
  if (kev !== null) {
    const since = kev.dateAdded === null ? '' : ` since ${kev.dateAdded}`;
    return { text: `CISA has listed it as exploited${since}.`, restsOn: ['kev'] };
  }
  const text = {
    active: 'CISA reports active exploitation.',
    public_poc: 'A proof of concept is public.',
    none: 'No exploitation and no public proof of concept is known.',
    unknown: 'Whether it is exploited could not be read.',
  }[ssvc.exploitation];
  const unread =
    kevStatus === 'unknown' && ssvc.exploitation !== 'unknown' ? ' Whether CISA lists it could not be read.' : '';
  return { text: text + unread, restsOn: ['ssvc'] };
}

function describeForecast({ epss, ssvc, sources }: ScoredFinding): Sentence {
  if (ssvc === null) return { text: '', restsOn: [] };
  if (sources.epss.state === 'unavailable') return { text: 'EPSS could not be read.', restsOn: [] };
  if (epss === null) return { text: 'EPSS has no forecast for it.', restsOn: [] };
  const text = `EPSS expects exploitation activity within 30 days with a probability of ${percentWords(epss.probability)}.`;
  return { text, restsOn: ['epss'] };
}

/** A probability in per cent, never rounded up to certainty. */
function percentWords(probability: number): string {
  const percent = probability * 100;
  if (percent > 99.9 && percent < 100) return 'more than 99.9 %';
  if (percent > 0 && percent < 0.01) return 'less than 0.01 %';
  return `${percent.toFixed(percent < 1 ? 2 : 1)} %`;
}

const ROLE_WORDS = {
  exploitation: 'exploited by',
  primary_impact: 'leads to',
  secondary_impact: 'may enable',
  uncategorized: 'related to',
} as const;

function describeTechniques({ attack }: ScoredFinding): Sentence {
  if (attack.length === 0) return { text: '', restsOn: [] };
  const named = attack.map(
    ({ techniqueId, name, role }) => `${ROLE_WORDS[role]} ${techniqueId}${name === null ? '' : ` ${name}`}`,
  );
  const inferred = attack.every(({ source }) => source !== 'mapping') ? ' (inferred)' : '';
  return { text: `In ATT&CK terms${inferred}: ${listWords(named)}.`, restsOn: ['attack'] };
}
