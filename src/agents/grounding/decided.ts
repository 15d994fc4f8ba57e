import { type Evidence, type EvidenceTopic, textOn } from '../evidence.ts';

/** What is decided about a finding, as its evidence says it. */
export interface Decided {
  readonly isListed: boolean;
  readonly isRansomware: boolean;
  readonly exploitation: string | null;
  readonly automatable: string | null;
  readonly technicalImpact: string | null;
  readonly deployer: string | null;
  readonly coordinator: string | null;
  readonly levels: readonly string[];
  /** Of the levels, CVSS' own. */
  readonly severities: readonly string[];
  /** Metrics of the CVSS vector, such as `AV` → `N`. */
  readonly metrics: ReadonlyMap<string, string>;
  readonly vectors: string;
  /** EPSS' probability; null where there is none. */
  readonly probability: number | null;
  /** Everything that is known, in lower case. */
  readonly all: string;
}

const DECIDED = new WeakMap<readonly Evidence[], Decided>();

/** What a finding's evidence says of it, read once. */
export function decidedOf(evidence: readonly Evidence[]): Decided {
  const known = DECIDED.get(evidence) ?? readDecided(evidence);
  DECIDED.set(evidence, known);
  return known;
}

function readDecided(evidence: readonly Evidence[]): Decided {
  const text = (topic: EvidenceTopic) => textOn(evidence, topic);
  const [kev, cvss, ssvc] = [text('kev'), text('cvss'), text('ssvc')];
  const ofSsvc = (form: RegExp) => form.exec(ssvc)?.[1] ?? null;
  const lower = (matches: Iterable<RegExpExecArray>) => [...matches].map(([, level = '']) => level.toLowerCase());
  const severities = lower(cvss.matchAll(/\b(NONE|LOW|MEDIUM|HIGH|CRITICAL)\b/g));
  return {
    isListed: kev !== '',
    isRansomware: /ransomware/.test(kev),
    exploitation: ofSsvc(/exploitation (\w+)/),
    automatable: ofSsvc(/automatable (\w+)/),
    technicalImpact: ofSsvc(/technical impact (\w+)/),
    deployer: ofSsvc(/deployer (\w+)/),
    coordinator: ofSsvc(/coordinator (\w+)/),
    levels: [...lower(text('risk').matchAll(/level (\w+)/g)), ...severities],
    severities,
    metrics: new Map([...cvss.matchAll(/\b([A-Z]{1,2}):([A-Z])\b/g)].map(([, name = '', value = '']) => [name, value])),
    vectors: cvss,
    probability: Number(/probability (\S+)/.exec(text('epss'))?.[1] ?? Number.NaN) || null,
    all: evidence.map((piece) => piece.text.toLowerCase()).join('; '),
  };
}

/** Whether exploitation is known: CISA lists it, or its analysts call it active. */
export function isKnownActive({ isListed, exploitation }: Decided): boolean {
  return isListed || exploitation === 'active';
}
