import { type Asset, type AssetList, bareAsset, type ListedAsset } from '../../domain/asset/asset.ts';
import { parseCveId } from '../../domain/cve/cve-id.ts';
import type { Sighting, VexStatement } from '../../domain/finding/sighting.ts';
import { componentKey, type Subject } from '../../domain/finding/subject.ts';
import { createEvidenceTally, type EvidenceTally, type SeenEvidence } from '../evidence-tally.ts';
import { joinComponents } from '../join-components.ts';
import { exceptionOf, joinAliases, joinSaid } from '../merge-sightings.ts';
import { readExclusions } from './read-exclusions.ts';

/**
 * Puts sightings on assets: on those that list the vulnerability, the host's name or address, or the application's name; on the only asset of a
 * list that tells nothing of what is on it; else on the host or the application that the report names; else on none. A host that no asset
 * lists stays one of its own, whatever other assets have the vulnerability.
 */
export function joinAssets(sightings: readonly Sighting[], list: AssetList | null): Subject[] {
  const find = indexAssets(list);
  const reportedAsset = createReportedAssets();
  const merger = createSubjectMerger();
  for (const sighting of sightings) {
    const { here, elsewhere } = find(sighting);
    const own =
      here.length > 0 ? here : elsewhere.length > 0 && sighting.host === null ? [] : [reportedAsset(sighting)];
    for (const asset of [...own, ...elsewhere]) merger.add(toSubject(sighting, asset), sighting);
  }
  return [...merger.take()];
}

/** Assets that a sighting is on by its host or application, and others that list its vulnerability. */
interface Joined {
  readonly here: readonly Asset[];
  readonly elsewhere: readonly Asset[];
}

function indexAssets(list: AssetList | null): (sighting: Sighting) => Joined {
  const { assets = [], isLinked = true, recorded = [] } = list ?? {};
  const all = !isLinked && assets.length === 1 ? assets.map(({ asset }) => asset) : [];
  if (all.length > 0 && recorded.length === 0) return () => ({ here: all, elsewhere: [] });
  const byName = new Map<string, Asset[]>();
  const byVulnerability = new Map<string, Asset[]>();
  for (const listed of all.length > 0 ? recorded : [...assets, ...recorded]) {
    for (const name of new Set(namesOf(listed).map(nameKey))) add(byName, name, listed.asset);
    for (const id of new Set(listed.vulnerabilityIds)) add(byVulnerability, id, listed.asset);
  }
  return ({ vulnerabilityId, aliases, host, application, applicationNames = [], sentence, named: phrases = [] }) => {
    const names = [host?.hostname, host?.ip, application, ...applicationNames].filter(
      (name) => typeof name === 'string',
    );
    const named = [
      ...names.flatMap((name) => byName.get(nameKey(name)) ?? byName.get(nameKey(withoutPort(name))) ?? []),
      ...(sentence === null ? [] : namedIn(readExclusions(sentence).wanted, byName)),
      ...phrases
        .filter((phrase) => sentence === null || !isLeftOut(phrase, sentence))
        .flatMap((phrase) => calledSo(phrase, byName)),
    ];
    const here = new Set(named.length > 0 ? named : all);
    const listing = [vulnerabilityId, ...aliases].flatMap((id) => byVulnerability.get(id.toUpperCase()) ?? []);
    return { here: [...here], elsewhere: [...new Set(listing)].filter((asset) => !here.has(asset)) };
  };
}

/** Shorter names are found in any sentence. */
const SHORTEST_NAME = 3;

/** Assets whose name a sentence has as it is, or in the plural: "for our payment servers". */
function namedIn(sentence: string, byName: ReadonlyMap<string, readonly Asset[]>): Asset[] {
  const text = ` ${sentence.toLowerCase().replace(/[^\p{L}\p{N}._-]+/gu, ' ')} `;
  const isNamed = (name: string) =>
    name.length >= SHORTEST_NAME && (text.includes(` ${name} `) || text.includes(` ${name}s `));
  return [...byName].flatMap(([name, assets]) => (isNamed(name) ? assets : []));
}

/** Assets whose name has the words of a phrase, in the singular, one after the other: "payment servers" is `payment-server-1`. */
function calledSo(phrase: string, byName: ReadonlyMap<string, readonly Asset[]>): Asset[] {
  const words = wordsOf(phrase);
  if (words.length < SHORTEST_NAME) return [];
  const forms = [words, words.replace(/s$/, ''), words.replace(/es$/, '')].map((form) => ` ${form} `);
  return [...byName].flatMap(([name, assets]) =>
    forms.some((form) => ` ${wordsOf(name)} `.includes(form)) ? assets : [],
  );
}

/** Whether a sentence has a phrase only where it says what not to assess. */
function isLeftOut(phrase: string, sentence: string): boolean {
  const { wanted, excluded } = readExclusions(sentence);
  const has = (text: string) => ` ${wordsOf(text)} `.includes(` ${wordsOf(phrase)} `);
  return excluded.some(has) && !has(wanted);
}

function wordsOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a sentence has the name of any asset of a list. */
export function namesAnAsset(sentence: string, { assets, recorded = [] }: AssetList): boolean {
  const byName = new Map(
    [...assets, ...recorded].flatMap((one) => namesOf(one).map((name) => [nameKey(name), [one.asset]])),
  );
  return namedIn(sentence, byName).length > 0;
}

function add(index: Map<string, Asset[]>, key: string, asset: Asset): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [asset]);
  else known.push(asset);
}

function namesOf({ asset, hostnames, ips }: ListedAsset): string[] {
  return [...hostnames, ...ips, asset.id, ...(asset.name === null ? [] : [asset.name])];
}

/** A service that no asset is called by is on the asset that has its name without the port: `svc:8080` on `svc`. */
function withoutPort(name: string): string {
  return name.replace(/^([^:/]+):\d+$/, '$1');
}

/** Names of hosts ignore case (RFC 4343), and a dot at the end. */
function nameKey(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Assets of which only a report tells: thousands of findings are on the same one. */
function createReportedAssets(): (sighting: Sighting) => Asset | null {
  const known = new Map<string, Asset>();
  return ({ host, application, applicationNames = [], evidence }) => {
    const id = host?.hostname ?? host?.ip ?? application;
    if (id === null || id === undefined) return null;
    const name = host?.hostname ?? applicationNames[0] ?? application;
    const source = evidence[0]?.file ?? 'report';
    const key = JSON.stringify([id, name, source]);
    const asset = known.get(key) ?? bareAsset(id, name, source);
    known.set(key, asset);
    return asset;
  };
}

function toSubject(sighting: Sighting, asset: Asset | null): Subject {
  const { vulnerabilityId, aliases, component, evidence, vex, reported, register, undecided, exception } = sighting;
  const cve = parseCveId(vulnerabilityId);
  const cveId = cve.ok ? cve.value : null;
  return {
    vulnerabilityId,
    cveId,
    aliases,
    asset,
    component,
    evidence,
    vex,
    reported,
    register,
    ...(typeof undecided === 'string' ? { undecided } : {}),
    ...(exception === undefined ? {} : { exception }),
  };
}

/** Sightings of several hosts may be on one asset. */
function createSubjectMerger() {
  const groups = new Map<string, { subject: Subject; seen: SeenEvidence; tally: EvidenceTally | null }>();
  return {
    add(subject: Subject, seen: SeenEvidence): void {
      const key = JSON.stringify([subject.vulnerabilityId, subject.asset?.id ?? null, componentKey(subject.component)]);
      const known = groups.get(key);
      if (known === undefined) {
        groups.set(key, { subject, seen, tally: null });
        return;
      }
      if (known.tally === null) {
        known.tally = createEvidenceTally();
        known.tally.add(known.seen);
      }
      known.tally.add(seen);
      known.subject = mergeTwo(known.subject, subject);
    },
    /** In the order of the first of each; each is let go of as it is taken. */
    *take(): Generator<Subject> {
      for (const [key, { subject, seen, tally }] of groups) {
        groups.delete(key);
        yield withEvidence(subject, tally?.seen() ?? seen);
      }
    },
  };
}

/** A subject says how much more was seen than it lists. */
function withEvidence(subject: Subject, { evidence, moreEvidence }: SeenEvidence): Subject {
  if (moreEvidence === undefined) return evidence === subject.evidence ? subject : { ...subject, evidence };
  return { ...subject, evidence, evidenceTotal: evidence.length + moreEvidence.size };
}

/** A statement that clears one of two does not clear the other. */
function stillSaid(first: VexStatement | null, second: VexStatement | null): VexStatement | null {
  const clears = (vex: VexStatement | null) => vex?.status === 'not_affected' || vex?.status === 'fixed';
  if (clears(first)) return clears(second) ? first : second;
  return clears(second) ? first : (first ?? second);
}

/** All but the evidence. */
function mergeTwo({ undecided, ...first }: Subject, second: Subject): Subject {
  // Who has decided it has the word.
  const isOpen = typeof undecided === 'string' && typeof second.undecided === 'string';
  return {
    ...first,
    aliases: joinAliases(first.aliases, second.aliases),
    component: joinComponents(first.component, second.component),
    vex: stillSaid(first.vex, second.vex),
    ...joinSaid(first, second),
    ...(isOpen ? { undecided } : {}),
    ...exceptionOf(first, second),
  };
}
