import { compareVersions, type VersionOrder, type VersionScheme } from './compare-versions.ts';
import type { VersionCriteria } from './configuration.ts';
import { CPE_ATTRIBUTES, type CpeAttribute } from './cpe-name.ts';
import { ANY, escapeValue, NA, unescapeValue } from './cpe-value.ts';
import { type InstalledProduct, splitUpdate, wholeVersion, withUpdate } from './installed-product.ts';
import { parseVersion } from './parse-version.ts';
import { hasWildcard, relateValues } from './relation.ts';
import { allOf, NO, undecided, type Verdict, YES } from './verdict.ts';

/** The attributes of a CPE name after its product, and of those the ones besides the version and its update. */
const REST = CPE_ATTRIBUTES.slice(3);
const OTHERS = REST.slice(2);

/**
 * Whether an installed product is among the versions that a criterion of NVD names (NISTIR 7696 for the names, NVD's bounds for ranges). What the
 * criterion says and the product leaves open is undecided. `isVulnerable` false: it is only asked whether the product is there.
 */
export function matchVersions(criteria: VersionCriteria, installed: InstalledProduct, isVulnerable: boolean): Verdict {
  return allOf([
    matchVersion(criteria, installed, isVulnerable),
    ...OTHERS.map((attribute) => matchAttribute(attribute, wantedOf(criteria, attribute), installed)),
  ]);
}

function wantedOf({ rest }: VersionCriteria, attribute: CpeAttribute): string {
  return rest[REST.indexOf(attribute)] ?? ANY;
}

function matchAttribute(attribute: CpeAttribute, wanted: string, { name }: InstalledProduct): Verdict {
  if (wanted === ANY) return YES;
  const relation = relateValues(wanted, name[attribute]);
  if (relation === 'disjoint') return NO;
  if (relation === 'equal' || relation === 'superset') return YES;
  return undecided(`NVD names ${WORDS[attribute]} "${unescapeValue(wanted)}", which the component's CPE leaves open`);
}

const WORDS: Partial<Record<CpeAttribute, string>> = {
  update: 'the update',
  edition: 'the edition',
  language: 'the language',
  swEdition: 'the software edition',
  targetSw: 'the target software',
  targetHw: 'the target hardware',
  other: 'the attribute',
};

function matchVersion(criteria: VersionCriteria, installed: InstalledProduct, isVulnerable: boolean): Verdict {
  const { startIncluding, startExcluding, endIncluding, endExcluding } = criteria;
  const hasBounds = [startIncluding, startExcluding, endIncluding, endExcluding].some((bound) => bound !== null);
  if (hasBounds) {
    return allOf([matchBounds(criteria, installed), matchUpdate(wantedOf(criteria, 'update'), installed)]);
  }
  return matchExact(wantedOf(criteria, 'version'), wantedOf(criteria, 'update'), installed, isVulnerable);
}

/** The bounds that a version breaks where it stands so to them. */
const BROKEN: Readonly<Record<'startIncluding' | 'startExcluding' | 'endIncluding' | 'endExcluding', VersionOrder[]>> =
  {
    startIncluding: ['before'],
    startExcluding: ['before', 'equal'],
    endIncluding: ['after'],
    endExcluding: ['after', 'equal'],
  };

function matchBounds(criteria: VersionCriteria, installed: InstalledProduct): Verdict {
  const fixedVersion = criteria.endExcluding === null ? null : unescapeValue(criteria.endExcluding);
  const whole = wholeVersion(installed);
  if (whole === null) return undecided('the version of the component is not known');
  const open: string[] = [];
  for (const kind of ['startIncluding', 'startExcluding', 'endIncluding', 'endExcluding'] as const) {
    const bound = criteria[kind];
    if (bound === null) continue;
    // Some bounds are written as attributes of names are.
    const order = compareToBound(whole, unescapeValue(bound), criteria);
    if (BROKEN[kind].includes(order)) return NO;
    if (order === 'undecidable') open.push(bound);
  }
  if (open.length === 0) return { kind: 'yes', fixedVersion };
  const bounds = open.map((bound) => `"${bound}"`).join(' and ');
  return undecided(`which of the versions "${whole}" and ${bounds} is the later one cannot be decided`);
}

/** Few versions need to know more than what they say themselves. */
function compareToBound(version: string, bound: string, criteria: VersionCriteria): VersionOrder {
  const order = compareVersions(version, bound);
  return order === 'undecidable' ? compareVersions(version, bound, schemeOf(criteria)) : order;
}

/** A range that begins with a release and ends with a letter of it (`1.0.2` to `1.0.2b`), and letters that no pre-release has (`1.0.2k`), tell that letters are patches. */
function schemeOf(criteria: VersionCriteria): VersionScheme {
  const [start, end] = [
    criteria.startIncluding ?? criteria.startExcluding,
    criteria.endIncluding ?? criteria.endExcluding,
  ].map((bound) => parseVersion(unescapeValue(bound ?? '')));
  const letters = [start?.letter, end?.letter];
  const isFromRelease = start?.letter === null && end?.letter !== null && start.qualifiers.length === 0;
  const isOfOne = isFromRelease && start.numbers.join('.') === end?.numbers.join('.');
  return { hasPatchLetters: isOfOne || letters.some((letter) => letter != null && !/^[abc]$/.test(letter)) };
}

function matchExact(wanted: string, update: string, installed: InstalledProduct, isVulnerable: boolean): Verdict {
  if (wanted === ANY) return matchUpdate(update, installed);
  const { version } = installed;
  if (wanted === NA) return matchUnnamed(installed, isVulnerable);
  if (version === null) return undecided('the version of the component is not known');
  const text = unescapeValue(wanted);
  if (hasWildcard(wanted)) return relateWildcard(wanted, version);
  // Some records have the update in the version, and some reports.
  const isSame = (one: string, other: string) => compareVersions(one, other) === 'equal';
  if (update !== ANY && update !== NA && isSame(withUpdate(text, update), version)) return YES;
  const { base } = splitUpdate(version);
  if (!isSame(text, version) && !isSame(text, base)) {
    return isSpeltAlike(text, version) ? undecided(`whether "${version}" is "${text}" cannot be decided`) : NO;
  }
  return matchUpdate(update, installed);
}

/** `1_4_2` may be `1.4.2`. */
function isSpeltAlike(one: string, other: string): boolean {
  return one.replaceAll('_', '.').toLowerCase() === other.replaceAll('_', '.').toLowerCase();
}

/** The update, which a name may leave to the version: "2.0-beta9". Of a package's own version that has none, none is meant. */
function matchUpdate(wanted: string, installed: InstalledProduct): Verdict {
  const { name, update, isStated } = installed;
  if (wanted === NA && update === ANY && isStated) return YES;
  return matchAttribute('update', wanted, { ...installed, name: { ...name, update } });
}

/** NVD writes "-" where it names no version: of a platform any will do, of what is vulnerable nobody knows which. */
function matchUnnamed({ name, version }: InstalledProduct, isVulnerable: boolean): Verdict {
  if (!isVulnerable || (name.version === NA && version === null)) return YES;
  return undecided('NVD does not say which versions are vulnerable');
}

function relateWildcard(wanted: string, version: string): Verdict {
  const relation = relateValues(wanted, escapeValue(version.toLowerCase()));
  return relation === 'superset' || relation === 'equal' ? YES : NO;
}
