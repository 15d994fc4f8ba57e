import type { AttackGroup, AttackTactic, AttackTechnique } from '../../domain/attack/attack.ts';
import type { AttackRelease } from '../../domain/attack/attack-text.ts';
import { failure, type Result, success } from '../../kernel/result.ts';
import { readTexts } from './read-texts.ts';
import { Bundle, Modified, StixObject, type StixOf } from './schema.ts';

const TECHNIQUE_ID = /^T\d{4}(?:\.\d{3})?$/;
const TACTIC_ID = /^TA\d{4}$/;
const GROUP_ID = /^G\d{4}$/;

/** Reads an ATT&CK Enterprise bundle, STIX 2.0 or 2.1. Objects that cannot be read are left out. */
export function parseAttackBundle(json: unknown): Result<AttackRelease, string> {
  const bundle = Bundle.safeParse(json);
  if (!bundle.success) return failure('not a STIX bundle');
  const objects = bundle.data.objects.flatMap((value) => {
    const parsed = StixObject.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const active = objects.filter((object) => !object.revoked && !object.x_mitre_deprecated);

  const tactics = orderTactics(ofType(active, 'x-mitre-tactic'), ofType(active, 'x-mitre-matrix'));
  const groups = byExternalId(ofType(active, 'intrusion-set'), GROUP_ID);
  const patterns = byExternalId(ofType(active, 'attack-pattern'), TECHNIQUE_ID);
  if (patterns.size === 0) return failure('the STIX bundle has no ATT&CK technique');

  const relationships = ofType(active, 'relationship');
  const users = groupsByPattern(relationships, groups);
  const techniques = [...patterns].map(
    ([techniqueId, pattern]): AttackTechnique => ({
      techniqueId,
      name: pattern.name,
      tactics: tacticsOf(pattern, tactics),
      groups: [...(users.get(pattern.id) ?? [])].toSorted(),
    }),
  );
  return success({
    version: ofType(active, 'x-mitre-collection')[0]?.x_mitre_version ?? null,
    modified: newestModification(bundle.data.objects),
    techniques: techniques.toSorted((a, b) => (a.techniqueId < b.techniqueId ? -1 : 1)),
    tactics,
    groups: [...groups]
      .map(([groupId, group]): AttackGroup => ({ groupId, name: group.name }))
      .toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1)),
    texts: readTexts(patterns, relationships),
  });
}

function ofType<Type extends StixObject['type']>(objects: readonly StixObject[], type: Type): StixOf<Type>[] {
  return objects.filter((object): object is StixOf<Type> => object.type === type);
}

type Referenced = StixOf<'attack-pattern' | 'intrusion-set' | 'x-mitre-tactic'>;

/** Objects by their ATT&CK id; of several versions of one object the newest counts. */
function byExternalId<Entry extends Referenced>(objects: readonly Entry[], shape: RegExp): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const object of objects) {
    const id = object.external_references.find((reference) => reference.source_name === 'mitre-attack')?.external_id;
    if (id === undefined || !shape.test(id)) continue;
    const known = found.get(id);
    if (known === undefined || Date.parse(known.modified) < Date.parse(object.modified)) found.set(id, object);
  }
  return found;
}

/** Tactics in the order of the matrix; those outside it follow by id. */
function orderTactics(
  objects: readonly StixOf<'x-mitre-tactic'>[],
  matrices: readonly StixOf<'x-mitre-matrix'>[],
): AttackTactic[] {
  const positions = new Map((matrices[0]?.tactic_refs ?? []).map((ref, position) => [ref, position]));
  const positionOf = (object: StixOf<'x-mitre-tactic'>) => positions.get(object.id) ?? positions.size;
  return [...byExternalId(objects, TACTIC_ID)]
    .toSorted(([idA, a], [idB, b]) => positionOf(a) - positionOf(b) || (idA < idB ? -1 : 1))
    .map(([tacticId, tactic]) => ({ tacticId, shortName: tactic.x_mitre_shortname, name: tactic.name }));
}

function tacticsOf(pattern: StixOf<'attack-pattern'>, tactics: readonly AttackTactic[]): string[] {
  const phases = pattern.kill_chain_phases.filter((phase) => phase.kill_chain_name === 'mitre-attack');
  const names = new Set(phases.map((phase) => phase.phase_name));
  const ordered = tactics.map((tactic) => tactic.shortName).filter((name) => names.has(name));
  return [...ordered, ...[...names].filter((name) => !ordered.includes(name))];
}

/** STIX id of a technique → ids of the groups seen using it. */
function groupsByPattern(
  relationships: readonly StixOf<'relationship'>[],
  groups: ReadonlyMap<string, StixOf<'intrusion-set'>>,
): Map<string, Set<string>> {
  const groupIds = new Map([...groups].map(([groupId, group]) => [group.id, groupId]));
  const users = new Map<string, Set<string>>();
  for (const relationship of relationships) {
    const groupId = groupIds.get(relationship.source_ref);
    if (relationship.relationship_type !== 'uses' || groupId === undefined) continue;
    const known = users.get(relationship.target_ref) ?? new Set<string>();
    users.set(relationship.target_ref, known.add(groupId));
  }
  return users;
}

/** The newest modification of any object, used or not: it dates the release. */
function newestModification(objects: readonly unknown[]): string {
  const times = objects.map((object) => Modified.safeParse(object).data?.modified ?? 0);
  return new Date(times.reduce((newest, time) => Math.max(newest, time), 0)).toISOString();
}
