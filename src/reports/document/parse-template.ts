import { z } from 'zod';
import { failure, type Result, success } from '../../kernel/result.ts';
import { contrastRatio } from './contrast.ts';
import { SECTION_IDS, type SectionId } from './document.ts';
import { FIXED_SECTIONS } from './template.ts';

/** Least contrast of text, WCAG 2.2, 1.4.3 (AA). */
const LEAST_CONTRAST = 4.5;

const Text = (most: number) => z.string().trim().min(1).max(most);

/** A template as a file or the config file's `report` writes it. */
const TemplateFile = z.strictObject({
  title: Text(120).optional(),
  organisation: Text(120).optional(),
  classification: Text(80).optional(),
  logo: Text(400_000).describe('path of a PNG or SVG file, or a data: URL of one').optional(),
  word: Text(1000).describe('path of a Word file (.docx, .dotx) whose styles the DOCX takes').optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is no colour such as #123570')
    .optional(),
  lang: z.enum(['en', 'de']).optional(),
  sections: z.partialRecord(z.enum(SECTION_IDS), z.boolean()).optional(),
});
export type TemplateFile = z.infer<typeof TemplateFile>;

/** Reads a template; the failure says which field is wrong, and why. */
export function parseTemplate(value: unknown): Result<TemplateFile, string> {
  const parsed = TemplateFile.safeParse(value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failure(`${issue?.path.join('.') || 'the template'}: ${issue?.message ?? 'is not valid'}`);
  }
  const { accent, sections = {} } = parsed.data;
  if (accent !== undefined && contrastRatio(accent, '#ffffff') < LEAST_CONTRAST) {
    const ratio = contrastRatio(accent, '#ffffff').toFixed(1);
    return failure(
      `accent: white text on ${accent} has a contrast of ${ratio} : 1; choose a darker colour (${LEAST_CONTRAST} : 1 or more)`,
    );
  }
  const fixed = FIXED_SECTIONS.find((id) => sections[id] === false);
  if (fixed !== undefined) return failure(`sections.${fixed}: cannot be turned off`);
  return success(parsed.data);
}

/** Sections that a template turns off. */
export function hiddenSections({ sections = {} }: TemplateFile): SectionId[] {
  return SECTION_IDS.filter((id) => sections[id] === false);
}
