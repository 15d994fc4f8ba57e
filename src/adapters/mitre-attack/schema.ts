import { z } from 'zod';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

const Flag = z.boolean().catch(false);
const Name = z.string().min(1).max(200);
/** What is longer is cut: the longest description of 2025 has some 6,000 characters. */
const MOST_TEXT = 8000;
const description = z
  .string()
  .transform((text) => text.slice(0, MOST_TEXT))
  .catch('');

/** What objects of all types have in common, in STIX 2.0 and 2.1 alike. */
const common = {
  id: z.string().max(200),
  modified: z.iso.datetime({ offset: true }).catch('1970-01-01T00:00:00.000Z'),
  revoked: Flag,
  x_mitre_deprecated: Flag,
};
/** The moment that any object was last modified, in milliseconds. */
export const Modified = z.object({ modified: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) });

const external_references = itemsThatFit(z.object({ source_name: z.string(), external_id: z.string() }));

/** The objects of a bundle that an assessment uses. Mitigations are not among them, though old ones carry T-ids. */
export const StixObject = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('attack-pattern'),
    name: Name,
    description,
    external_references,
    kill_chain_phases: itemsThatFit(z.object({ kill_chain_name: z.string(), phase_name: z.string().max(100) })),
  }),
  z.object({
    ...common,
    type: z.literal('x-mitre-tactic'),
    name: Name,
    x_mitre_shortname: z.string().min(1).max(100),
    external_references,
  }),
  z.object({ ...common, type: z.literal('intrusion-set'), name: Name, external_references }),
  z.object({
    ...common,
    type: z.literal('relationship'),
    relationship_type: z.string(),
    source_ref: z.string(),
    target_ref: z.string(),
    description,
  }),
  z.object({ ...common, type: z.literal('x-mitre-matrix'), tactic_refs: z.array(z.string()).catch([]) }),
  z.object({
    ...common,
    type: z.literal('x-mitre-collection'),
    x_mitre_version: z.string().max(20).nullable().catch(null),
  }),
]);
export type StixObject = z.output<typeof StixObject>;

/** An object of one STIX type. */
export type StixOf<Type extends StixObject['type']> = Extract<StixObject, { readonly type: Type }>;

export const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.unknown()) });
