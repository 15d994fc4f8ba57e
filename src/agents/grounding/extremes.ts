import { type Evidence, textOn } from '../evidence.ts';

const HIGHEST = /\b(?:highest|maximum|maximal|greatest|largest|top|worst(?! case)|utmost|extreme)\b/i;
const LOWEST = /\b(?:lowest|minimum|minimal|smallest|least|bottom)\b/i;
const TOP_MARKS = /\b(?:top|full|highest|best) (?:marks|grade)\b/i;
const TOP_OF_SCALE = /\b(?:top|end|bottom|peak) of (?:the |its )?(?:\w+ )?scale\b/i;
const SEVERE = /\bsevere(?:ly)?\b/i;
const AMONG_LIKELIEST = /\bmost (?:likely|probable)\b/i;

/** What a sentence says stands at an end of its scale, and does not; null: nothing. */
export function extremeContradiction(sentence: string, evidence: readonly Evidence[]): string | null {
  const [risk, cvss, epss] = [textOn(evidence, 'risk'), textOn(evidence, 'cvss'), textOn(evidence, 'epss')];
  return (
    scaleContradiction(sentence, risk) ??
    against(TOP_MARKS, sentence, / 10\.0\b/.test(cvss)) ??
    against(TOP_OF_SCALE, sentence, /level Critical/.test(risk) && !/\bbottom\b/i.test(sentence)) ??
    against(SEVERE, sentence, /\b(?:HIGH|CRITICAL)\b/.test(cvss) || /level (?:High|Critical)/.test(risk)) ??
    against(AMONG_LIKELIEST, sentence, Number(/probability (\S+)/.exec(epss)?.[1] ?? 1) >= LIKELIEST)
  );
}

/** From this probability on EPSS' forecast is among the highest: fewer than one CVE in a hundred has it. */
const LIKELIEST = 0.5;

function against(form: RegExp, sentence: string, isTrue: boolean): string | null {
  const said = form.exec(sentence)?.[0];
  return said === undefined || isTrue ? null : `"${said}"`;
}

/** Likelihood and impact have five steps: the highest is the fifth, the lowest the first. */
function scaleContradiction(sentence: string, risk: string): string | null {
  for (const name of ['likelihood', 'impact']) {
    const value = Number(new RegExp(`${name} (\\d)`).exec(risk)?.[1] ?? Number.NaN);
    const around = new RegExp(`[^.;,]{0,30}\\b(?<!technical )${name}\\b[^.;,]{0,30}`, 'i').exec(sentence)?.[0] ?? '';
    if (Number.isNaN(value) || /\btechnical impact\b/i.test(around)) continue;
    if (HIGHEST.test(around) && value !== 5) return `the highest ${name}`;
    if (LOWEST.test(around) && value !== 1) return `the lowest ${name}`;
  }
  return null;
}
