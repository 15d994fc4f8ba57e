import type { CvssVersion } from './cvss-metric.ts';

/** A metric group, by its role: threat metrics are what v2 and v3 call temporal. */
export type CvssGroup = 'base' | 'threat' | 'environmental' | 'supplemental';

/** One metric of a CVSS version: its abbreviation, its group, and the abbreviated values that it may have. */
export interface CvssMetricRule {
  readonly name: string;
  readonly group: CvssGroup;
  readonly values: readonly string[];
}

/** How the vectors of one CVSS version are written. */
export interface CvssGrammar {
  /** What a vector starts with; v2.0 has no header. */
  readonly header: string;
  /** Whether metrics have to come in the order of `rules`. */
  readonly ordered: boolean;
  /** Whether an optional group, once begun, has to be given whole. */
  readonly wholeGroups: boolean;
  /** Every metric, in the order of the specification. Base metrics are mandatory, the others are not. */
  readonly rules: readonly CvssMetricRule[];
}

// One string a group: NAME:VALUE,VALUE… separated by blanks.
const V2: Groups = {
  base: 'AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C',
  threat: 'E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND',
  environmental: 'CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND',
};

const V3: Groups = {
  base: 'AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:N,L,H I:N,L,H A:N,L,H',
  threat: 'E:X,U,P,F,H RL:X,O,T,W,U RC:X,U,R,C',
  environmental:
    'CR:X,L,M,H IR:X,L,M,H AR:X,L,M,H MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H',
};

const V4: Groups = {
  base: 'AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N',
  threat: 'E:X,A,P,U',
  environmental:
    'CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A MVC:X,N,L,H MVI:X,N,L,H MVA:X,N,L,H MSC:X,N,L,H MSI:X,N,L,H,S MSA:X,N,L,H,S',
  supplemental: 'S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red',
};

/**
 * The vector grammars of FIRST's specifications: v2.0 guide, section 2.4 (fixed order; a group that is used is given
 * whole, with ND for what is not defined); v3.0 and v3.1, section 6 (any order is valid, and about one in 150 real
 * v3.1 vectors makes use of it); v4.0, section 7 (fixed order, which every v4.0 vector of 26,000 CVE records keeps).
 */
export const CVSS_GRAMMARS: Readonly<Record<CvssVersion, CvssGrammar>> = {
  '2.0': { header: '', ordered: true, wholeGroups: true, rules: toRules(V2) },
  '3.0': { header: 'CVSS:3.0/', ordered: false, wholeGroups: false, rules: toRules(V3) },
  '3.1': { header: 'CVSS:3.1/', ordered: false, wholeGroups: false, rules: toRules(V3) },
  '4.0': { header: 'CVSS:4.0/', ordered: true, wholeGroups: false, rules: toRules(V4) },
};

type Groups = Readonly<Partial<Record<CvssGroup, string>>>;

function toRules(groups: Groups): readonly CvssMetricRule[] {
  return (['base', 'threat', 'environmental', 'supplemental'] as const).flatMap((group) =>
    (groups[group]?.split(' ') ?? []).map((rule) => {
      const [name = '', values = ''] = rule.split(':');
      return { name, group, values: values.split(',') };
    }),
  );
}
