import type { ScoringParts } from '../agents/scoring/scoring-parts.ts';
import type { AttackMapping } from '../domain/attack/attack.ts';
import type { CveFacts } from '../domain/finding/cve-facts.ts';
import { recordOf } from '../domain/source/lookup.ts';
import { predictTechniques } from '../scoring/threat-mapping/predict.ts';
import type { ThreatModel } from '../scoring/threat-mapping/threat-model.ts';
import type { GathererParts } from './create-gatherers.ts';

/** What scoring knows beside the facts: the trained mapping, and names. */
export function createScoringKnowledge({
  loadSnapshot,
  loadThreatModel,
}: Pick<GathererParts, 'loadSnapshot' | 'loadThreatModel'>): Pick<ScoringParts, 'predictTechniques' | 'cweName'> {
  return {
    predictTechniques: (facts) => predictFrom(facts, loadThreatModel()),
    cweName: (cweId) => loadSnapshot().cweName(cweId),
  };
}

function predictFrom(facts: Omit<CveFacts, 'attack'>, model: ThreatModel): readonly AttackMapping[] {
  const nvd = recordOf(facts.nvd);
  const cveOrg = recordOf(facts.ssvc);
  const kev = recordOf(facts.kev);
  const reported = facts.reported?.record;
  const texts = [
    reported?.title,
    nvd?.description,
    cveOrg?.description,
    cveOrg?.title,
    kev?.vulnerabilityName,
    kev?.shortDescription,
  ];
  return predictTechniques(
    {
      texts: texts.filter((text) => typeof text === 'string'),
      cwes: [
        ...new Set([...(nvd?.cwes ?? []), ...(cveOrg?.cwes ?? []), ...(kev?.cwes ?? []), ...(reported?.cwes ?? [])]),
      ],
      cvssVectors: [...(nvd?.cvss ?? []), ...(cveOrg?.cvss ?? []), ...(reported?.cvss ?? [])].map(
        ({ vector }) => vector,
      ),
    },
    model,
  );
}
