import { createRequire } from 'node:module';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { once } from '../../src/kernel/once.ts';

/** Checks of written documents by their standards' own schemas and tests; what they find wrong, in words; empty: nothing. */

const require = createRequire(import.meta.url);

const sarifSchema = once(() => {
  // The schema has a pattern that is none with the flag "u".
  const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv as never);
  return ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
});

/** OASIS' JSON schema of SARIF 2.1.0. */
export function faultsOfSarif(document: unknown): unknown[] {
  const validate = sarifSchema();
  return validate(document) ? [] : (validate.errors ?? ['invalid']);
}

const cycloneDx = once(() => new Validation.JsonStrictValidator(Spec.Version.v1dot6));

/** The strict JSON schema of CycloneDX 1.6. */
export async function faultsOfCycloneDx(text: string): Promise<unknown[]> {
  const fault = await cycloneDx().validate(text);
  return fault === null ? [] : [fault];
}

type CsafTests = Readonly<Record<string, unknown>>;

/** BSI's validator: the strict schema of CSAF 2.0 and all mandatory tests (section 6.1). */
export async function faultsOfCsaf(document: unknown): Promise<unknown[]> {
  // It has no types, and its door for all tests loads those that are not run here for fifteen seconds.
  const library = '@secvisogram/csaf-validator-lib';
  const { default: validate } = await import(`${library}/validate.js`);
  const schemas: CsafTests = await import(`${library}/schemaTests.js`);
  const mandatory: CsafTests = await import(`${library}/mandatoryTests.js`);
  const result = await validate([schemas['csaf_2_0_strict'], ...Object.values(mandatory)], document);
  const failed = result.tests.filter(({ isValid }: { isValid: boolean }) => !isValid);
  return result.isValid
    ? []
    : failed.map(({ name, errors }: { name: string; errors: unknown[] }) => ({ name, errors }));
}

const uri = z.string().regex(/^[A-Za-z][\w+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\dA-Fa-f]{2})+$/);
const moment = z.iso.datetime();
const words = z.string().min(1);
const product = z.strictObject({
  '@id': uri,
  identifiers: z.strictObject({ purl: z.string().startsWith('pkg:') }).optional(),
});

/** What OpenVEX 0.2.0 says of documents and statements with MUST, and of fields that it does not have. */
const OpenVex = z.strictObject({
  '@context': z.literal('https://openvex.dev/ns/v0.2.0'),
  '@id': uri,
  author: words,
  role: words.optional(),
  timestamp: moment,
  version: z.int().min(1),
  tooling: z.string(),
  statements: z.array(
    z
      .strictObject({
        '@id': uri,
        vulnerability: z.strictObject({
          '@id': uri.optional(),
          name: words,
          description: z.string().optional(),
          aliases: z.array(words).optional(),
        }),
        timestamp: moment,
        products: z.array(product).min(1),
        status: z.enum(['not_affected', 'affected', 'fixed', 'under_investigation']),
        status_notes: z.string().optional(),
        justification: z
          .enum([
            'component_not_present',
            'vulnerable_code_not_present',
            'vulnerable_code_not_in_execute_path',
            'vulnerable_code_cannot_be_controlled_by_adversary',
            'inline_mitigations_already_exist',
          ])
          .optional(),
        impact_statement: words.optional(),
        action_statement: words.optional(),
      })
      .refine((one) => one.status !== 'affected' || one.action_statement !== undefined, 'affected without an action')
      .refine(
        (one) => (one.status === 'not_affected') === ((one.justification ?? one.impact_statement) !== undefined),
        'a reason for not_affected, and for no other status',
      )
      .refine((one) => one.justification === undefined || one.impact_statement === undefined, 'one reason'),
  ),
});

/** The MUSTs of OpenVEX 0.2.0, for which no package carries a schema. */
export function faultsOfOpenVex(document: unknown): unknown[] {
  const parsed = OpenVex.safeParse(document);
  return parsed.success ? [] : parsed.error.issues;
}
