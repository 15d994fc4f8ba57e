import { readExamples } from '../adapters/local-files/read-examples.ts';
import { createLabelledTexts } from '../adapters/sqlite/labelled-texts.ts';
import { passagesByField } from '../adapters/sqlite/passages-by-field.ts';
import type { AttackCatalogue, AttackTechnique } from '../domain/attack/attack.ts';
import type { AttackText } from '../domain/attack/attack-text.ts';
import type { Origin } from '../domain/source/lookup.ts';
import { clip } from '../kernel/clip.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { findIdsIn } from '../knowledge/find-ids-in.ts';
import { type IdentifiedTechnique, identifyTechniques, type LabelledText } from '../knowledge/identify-technique.ts';
import { bundledAttack } from './bundled-data.ts';
import type { OpenStore } from './open-store.ts';

/** A technique that a text may describe, as it is shown. */
export interface ShownTechnique {
  readonly techniqueId: string;
  readonly name: string;
  /** Short names in kill-chain order, such as `initial-access`. */
  readonly tactics: readonly string[];
  /** 0 to 1; comparable over questions to the same texts, no probability. */
  readonly score: number;
  /** What speaks for it, for people. */
  readonly why: readonly string[];
  /** The known text that is closest to what was asked. */
  readonly closest: Pick<LabelledText, 'kind' | 'text'>;
}

/** What a text describes, best first; none where no technique fits. */
export interface TechniqueAnswer {
  readonly question: string;
  readonly answer: string;
  readonly found: boolean;
  readonly techniques: readonly ShownTechnique[];
  /** The release of ATT&CK that the techniques are of. */
  readonly attack: { readonly version: string | null; readonly origin: Origin; readonly at: string };
  /** How many texts it was compared with. */
  readonly comparedWith: Readonly<Record<LabelledText['kind'], number>>;
}

/** Tells which technique of ATT&CK a text describes. */
export interface TechniqueFinder {
  /** Lines on what stands in the way of good answers. */
  readonly warnings: readonly string[];
  find(text: string, top: number): TechniqueAnswer;
  /** A line on the techniques that a text names and this release has not; null where there are none. */
  strangersIn(text: string): string | null;
  close(): void;
}

/** The field by which a document says that it speaks of a technique, or of several, separated by commas. */
const FIELD = 'technique';
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/;
const SHOWN_WORDS = 8;
const SHOWN_TEXT = 300;

/**
 * Opens the techniques at hand (mirror, else the bundled release) with every text that is known to speak of one: ATT&CK's own, examples of the
 * user's files, and passages of documents with the field `technique`. Nobody is asked.
 * @throws RiskError `BAD_INPUT` where a file of examples cannot be used
 */
export async function openTechniques(
  { mirror, database }: OpenStore,
  exampleFiles: readonly string[],
): Promise<TechniqueFinder> {
  const { catalogue, origin, at } = releaseAtHand(mirror);
  const techniques = new Map(catalogue.techniques.map((technique) => [technique.techniqueId, technique]));
  const warnings: string[] = [];
  const own = mirror.findDocument<readonly AttackText[]>('attack-texts')?.document ?? [];
  if (own.length === 0)
    warnings.push(
      "only the names of techniques are at hand: eras sync attack brings ATT&CK's descriptions and procedures, --examples your own",
    );
  const labelled: LabelledText[] = [
    ...own.flatMap((one) => toLabelled(one, techniques)),
    ...(await fromFiles(exampleFiles, techniques, warnings)),
    ...fromDocuments(database, techniques, warnings),
  ];
  const described = new Set(
    labelled.filter(({ kind }) => kind === 'description').map(({ techniqueId }) => techniqueId),
  );
  for (const { techniqueId, name } of catalogue.techniques)
    if (!described.has(techniqueId)) labelled.push({ techniqueId, title: name, text: '', kind: 'name' });
  const index = createLabelledTexts(labelled);
  const comparedWith = { name: 0, description: 0, procedure: 0, example: 0 };
  for (const { kind } of labelled) comparedWith[kind] += 1;
  return {
    warnings,
    find(question, top) {
      const named = findIdsIn(question).flatMap((id): ShownTechnique[] => {
        const technique = techniques.get(id);
        return technique === undefined ? [] : [toNamed(technique, labelled)];
      });
      const described = identifyTechniques(question, labelled, index)
        .filter(({ techniqueId }) => named.every((one) => one.techniqueId !== techniqueId))
        .map((one) => toShown(one, techniques.get(one.techniqueId) as AttackTechnique));
      const shown = [...named, ...described].slice(0, top);
      const [best] = shown;
      return {
        question,
        answer: best === undefined ? NONE : `${best.techniqueId} ${best.name} (${best.tactics.join(', ')})`,
        found: best !== undefined,
        techniques: shown,
        attack: { version: catalogue.version, origin, at },
        comparedWith,
      };
    },
    strangersIn(text) {
      const ids = findIdsIn(text).filter((id) => TECHNIQUE.test(id) && !techniques.has(id));
      const release = `ATT&CK${catalogue.version === null ? '' : ` ${catalogue.version}`}`;
      return ids.length === 0 ? null : `${ids.join(', ')}: not in ${release} (unknown there, revoked or deprecated)`;
    },
    close: () => index.close(),
  };
}

/** A technique that the text names by its id needs no likeness. */
function toNamed({ techniqueId, name, tactics }: AttackTechnique, labelled: readonly LabelledText[]): ShownTechnique {
  const known = labelled.find((one) => one.techniqueId === techniqueId && ['description', 'name'].includes(one.kind));
  const closest = { kind: known?.kind ?? 'name', text: clip(known?.text || name, SHOWN_TEXT) };
  return { techniqueId, name, tactics, score: 1, why: [`names ${techniqueId}`], closest };
}

function toShown({ score, words, closest }: IdentifiedTechnique, technique: AttackTechnique): ShownTechnique {
  const { techniqueId, name, tactics } = technique;
  const why = [`words: ${words.slice(0, SHOWN_WORDS).join(', ')}`, WHY[closest.kind]];
  const text = closest.text === '' ? closest.title : closest.text;
  return { techniqueId, name, tactics, score, why, closest: { kind: closest.kind, text: clip(text, SHOWN_TEXT) } };
}

/** The answer where nothing known is like the text. */
const NONE = 'No technique of ATT&CK that is known here fits.';

const WHY: Readonly<Record<LabelledText['kind'], string>> = {
  name: "closest: the technique's name",
  description: "closest: ATT&CK's description of it",
  procedure: 'closest: a procedure that ATT&CK tells of it',
  example: 'closest: an example of yours',
};

function releaseAtHand(mirror: OpenStore['mirror']): {
  readonly catalogue: AttackCatalogue;
  readonly origin: Origin;
  readonly at: string;
} {
  const mirrored = mirror.findDocument<AttackCatalogue>('attack');
  if (mirrored === null) return { ...bundledAttack(), origin: 'snapshot' };
  return { catalogue: mirrored.document, origin: 'mirror', at: mirrored.state.fetchedAt };
}

type Techniques = ReadonlyMap<string, AttackTechnique>;

/** Texts of techniques that the release at hand no longer has say nothing. */
function toLabelled({ techniqueId, kind, text }: AttackText, techniques: Techniques): LabelledText[] {
  const technique = techniques.get(techniqueId);
  if (technique === undefined) return [];
  return [{ techniqueId, title: kind === 'description' ? technique.name : '', text, kind }];
}

async function fromFiles(
  paths: readonly string[],
  techniques: Techniques,
  warnings: string[],
): Promise<LabelledText[]> {
  const labelled: LabelledText[] = [];
  for (const path of paths) {
    const examples = await readExamples(path);
    const unknown = examples.filter(({ techniqueId }) => !techniques.has(techniqueId));
    const [first] = unknown;
    const what = `${unknown.length} of ${examples.length} examples name no technique of the release at hand (row ${first?.row}: ${clip(first?.techniqueId ?? '', 20)})`;
    if (unknown.length === examples.length)
      throw new RiskError({ code: 'BAD_INPUT', message: `--examples ${path}: ${what}` });
    if (first !== undefined) warnings.push(`${path}: ${what}; they are left out`);
    for (const { techniqueId, text } of examples)
      if (techniques.has(techniqueId)) labelled.push({ techniqueId, title: '', text, kind: 'example' });
  }
  return labelled;
}

function fromDocuments(database: OpenStore['database'], techniques: Techniques, warnings: string[]): LabelledText[] {
  const unknown = new Set<string>();
  const labelled = passagesByField(database, FIELD).flatMap(({ text, value }) =>
    value
      .split(/[\s,;]+/)
      .map((id) => id.toUpperCase())
      .filter((id) => {
        if (id !== '' && !techniques.has(id)) unknown.add(id);
        return techniques.has(id);
      })
      .map((techniqueId): LabelledText => ({ techniqueId, title: '', text, kind: 'example' })),
  );
  if (unknown.size > 0)
    warnings.push(
      `documents name techniques that the release at hand does not have: ${[...unknown]
        .slice(0, 5)
        .map((id) => clip(id, 20))
        .join(', ')}`,
    );
  return labelled;
}
