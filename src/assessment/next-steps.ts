import type { Check } from './doctor.ts';
import type { QuickWinFacts } from './quick-wins.ts';

const MOST_STEPS = 5;

/** What to do next, a line each: what is broken first, then what a newcomer has not done yet. */
export function nextSteps(checks: readonly Check[], facts: QuickWinFacts): string[] {
  const repairs = checks.flatMap(({ status, name, fix }) =>
    status === 'fail' && fix !== null ? [`mend ${name}: ${fix}`] : [],
  );
  const hasRun = (facts.past?.runs.length ?? 0) > 0;
  const steps: readonly (string | false)[] = [
    !hasRun && 'eras assess CVE-2021-44228 --offline    a first assessment, from what is bundled',
    !facts.hasNvdMirror && "eras sync all                           today's facts into the mirror",
    facts.nvdKeys === 0 &&
      'export NVD_API_KEY=…                    50 in the place of 5 requests to NVD in 30 s, for nothing',
    facts.model === null && 'export ANTHROPIC_API_KEY=…              a model writes the prose; until then rules do',
    facts.knowledge.documents === 0 &&
      'eras ingest ./docs                      your own documents, for eras ask and for findings',
  ];
  return [...repairs, ...steps.filter((step) => step !== false)].slice(0, MOST_STEPS);
}
