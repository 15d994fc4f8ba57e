import type { CveId } from '../../domain/cve/cve-id.ts';
import type { CveFacts } from '../../domain/finding/cve-facts.ts';
import { type Lookup, recordOf } from '../../domain/source/lookup.ts';
import { SOURCE_TITLES } from '../../domain/source/source-titles.ts';
import { findIdsIn } from '../../knowledge/find-ids-in.ts';
import { questionWords } from '../../knowledge/question-words.ts';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { wordsIn } from '../../knowledge/words-in.ts';
import { chooseFindingMetric } from '../../scoring/finding/chosen-metric.ts';
import { selectionOf } from '../../scoring/finding/decision-inputs.ts';

type Facts = Omit<CveFacts, 'attack'>;

/** CVEs of one question that facts are looked up of. */
const MOST_CVES = 5;
/** Words that are shown as a reason. */
const MOST_TOLD = 6;

/** The CVEs that a question names. */
export function cvesOf(question: string): CveId[] {
  return findIdsIn(question)
    .filter((id) => id.startsWith('CVE-'))
    .slice(0, MOST_CVES) as CveId[];
}

/**
 * What the sources of intelligence say of the CVEs of a question, as passages beside those of documents: one a source and CVE, none where it was
 * not read, and none that has nothing of the question but the id ("Who patched CVE-…?" is for documents to answer).
 */
export function intelligencePassages(question: string, facts: readonly Facts[]): RankedPassage[] {
  const ids = findIdsIn(question);
  const words = questionWords(question).filter((word) => !ids.includes(word.toUpperCase()));
  return facts.flatMap((one, place) =>
    sayAll(one).flatMap((said, ordinal) => {
      const shared = words.filter(wordsIn(said.text));
      if (words.length > 0 && shared.length === 0) return [];
      const share = words.length === 0 ? 1 : shared.length / words.length;
      const why = [
        `names ${one.vulnerabilityId}`,
        ...(shared.length > 0 ? [`words: ${shared.slice(0, MOST_TOLD).join(', ')}`] : []),
      ];
      const score = Math.round(((1 / ids.length + share) / 2) * 1e4) / 1e4;
      return [toPassage(one.vulnerabilityId, said, { ordinal: place * MOST_CVES + ordinal, score, share, why })];
    }),
  );
}

function toPassage(
  id: string,
  { source, text, at }: Said,
  place: Pick<RankedPassage, 'ordinal' | 'score' | 'share' | 'why'>,
): RankedPassage {
  const document = { id: source, path: source, title: source, type: 'text', pages: null, hash: '' } as const;
  return {
    ...place,
    id: `${source} ${id}`,
    page: null,
    section: id,
    text,
    ids: findIdsIn(text),
    bm25: null,
    similarity: null,
    document: { ...document, date: at.slice(0, 10), fields: {} },
  };
}

interface Said {
  readonly source: string;
  readonly text: string;
  /** When it was true at the source (ISO 8601). */
  readonly at: string;
}

function sayAll(facts: Facts): Said[] {
  return [sayRecord(facts), sayScore(facts), sayKev(facts), sayEpss(facts), saySsvc(facts)].filter(
    (one) => one !== null,
  );
}

const atOf = (lookup: Lookup<unknown>) => (lookup.kind === 'unavailable' ? null : lookup.provenance.at);

function sayRecord({ vulnerabilityId: id, nvd, ssvc }: Facts): Said | null {
  const fromNvd = recordOf(nvd);
  const record = fromNvd ?? recordOf(ssvc);
  const at = atOf(fromNvd === null ? ssvc : nvd);
  if (record === null || at === null) return null;
  const what = record.rejected ? 'was rejected: it is no vulnerability' : (record.title ?? 'is a vulnerability');
  const text = [`${id}: ${what}.`, record.description ?? '', affectedWords(record.affected)].filter(
    (part) => part !== '',
  );
  return { source: fromNvd === null ? SOURCE_TITLES.ssvc : SOURCE_TITLES.nvd, text: text.join(' '), at };
}

function affectedWords(affected: readonly { vendor: string; product: string; versions: string | null }[]): string {
  const named = affected
    .slice(0, 3)
    .map(({ vendor, product, versions }) => `${vendor} ${product} ${versions ?? ''}`.trim());
  return named.length === 0 ? '' : `Affected: ${named.join('; ')}.`;
}

function sayScore(facts: Facts): Said | null {
  const chosen = chooseFindingMetric({ ...facts, attack: [] });
  const at = chosen === null ? null : atOf(chosen.lookup);
  if (chosen === null || at === null) return null;
  const { version, baseScore, severity, vector, source } = chosen.metric;
  const text = `The CVSS ${version} base score of ${facts.vulnerabilityId} is ${baseScore.toFixed(1)}, severity ${severity.toLowerCase()} (${vector}).`;
  return { source, text, at };
}

function sayKev({ vulnerabilityId: id, kev }: Facts): Said | null {
  const at = atOf(kev);
  if (at === null) return null;
  const entry = recordOf(kev);
  if (entry === null) {
    return {
      source: SOURCE_TITLES.kev,
      text: `${id} is not listed in CISA's Known Exploited Vulnerabilities catalogue (KEV).`,
      at,
    };
  }
  const since = entry.dateAdded === null ? '' : ` since ${entry.dateAdded}`;
  const due = entry.dueDate === null ? '' : ` CISA's due date is ${entry.dueDate}.`;
  const ransomware =
    entry.knownRansomwareCampaignUse === 'Known'
      ? ' It is used in ransomware campaigns.'
      : ' Its use in ransomware campaigns is not known.';
  const text = `${id} is exploited: it is listed in CISA's Known Exploited Vulnerabilities catalogue (KEV)${since}.${due}${ransomware}`;
  return { source: SOURCE_TITLES.kev, text, at };
}

function sayEpss({ vulnerabilityId: id, epss }: Facts): Said | null {
  const at = atOf(epss);
  const score = recordOf(epss);
  if (at === null || score === null) return null;
  const text = `EPSS gives ${id} a probability of exploitation activity within 30 days of ${score.probability} (${score.date ?? at.slice(0, 10)}).`;
  return { source: SOURCE_TITLES.epss, text, at };
}

function saySsvc(facts: Facts): Said | null {
  const selection = selectionOf({ ...facts, attack: [] });
  const at = atOf(facts.ssvc) ?? atOf(facts.nvd);
  if (selection === null || at === null) return null;
  const { exploitation, automatable, technicalImpact } = selection;
  const text = `CISA's SSVC values for ${facts.vulnerabilityId}: exploitation ${exploitation ?? 'unknown'}, automatable ${automatable ?? 'unknown'}, technical impact ${technicalImpact ?? 'unknown'}.`;
  return { source: 'CISA SSVC', text, at };
}
