import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf, RiskError } from '../kernel/risk-error.ts';
import type { Language, Logo } from '../reports/document/document.ts';
import { LARGEST_LOGO, parseLogo } from '../reports/document/parse-logo.ts';
import { hiddenSections, parseTemplate, type TemplateFile } from '../reports/document/parse-template.ts';
import { DEFAULT_TEMPLATE, type ReportTemplate, type WordTemplate } from '../reports/document/template.ts';

/** A Word file's pictures and texts are not read. */
const LARGEST_WORD = 20 * 2 ** 20;
const WORD_FILE = /\.do[ct][xm]?$/i;
/** A template is a page of settings; a data: URL of a logo may be in it. */
const LARGEST_TEMPLATE = 512 * 1024;

/** Where a report's template comes from: the flag beats the config file. */
export interface TemplateSources {
  /** The config file's `report`; null where it has none. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** Paths in it are relative to this folder. */
  readonly folder: string;
  /** `--template`: settings, or a Word file. */
  readonly path: string | null;
  /** `--lang`. */
  readonly language: Language | null;
}

/**
 * Reads the template of a report: the file's fields over those of the config file.
 * @throws RiskError `BAD_INPUT` that names the file, the field, and what is wrong with it.
 */
export async function readReportTemplate({ config, folder, path, language }: TemplateSources): Promise<ReportTemplate> {
  const base = checked(config, "the config file's report");
  const own = path === null ? {} : checked(await readTemplateFile(path), `the template ${path}`);
  const merged: TemplateFile = { ...base, ...own, sections: { ...base.sections, ...own.sections } };
  const beside = path === null ? folder : dirname(resolve(path));
  const from = own.logo === undefined ? folder : beside;
  return {
    title: merged.title ?? null,
    organisation: merged.organisation ?? null,
    classification: merged.classification ?? null,
    logo: merged.logo === undefined ? null : readLogo(merged.logo, from, merged.organisation ?? ''),
    accent: merged.accent ?? DEFAULT_TEMPLATE.accent,
    hidden: hiddenSections(merged),
    word:
      merged.word === undefined ? null : await readWord(resolve(own.word === undefined ? folder : beside, merged.word)),
    language: language ?? merged.lang ?? DEFAULT_TEMPLATE.language,
  };
}

function checked(value: unknown, where: string): TemplateFile {
  const parsed = parseTemplate(value ?? {});
  if (!parsed.ok) throw badInput(`${where} is not valid: ${parsed.error}`);
  return parsed.value;
}

async function readTemplateFile(path: string): Promise<unknown> {
  if (WORD_FILE.test(path)) {
    if (!/x$/i.test(path))
      throw badInput(`the template ${path} is a Word file with macros or of an old kind; save it as .dotx or .docx`);
    return { word: resolve(path) };
  }
  const text = readBounded(path, LARGEST_TEMPLATE, 'template').toString('utf8');
  const { parseYaml } = await import('./parse-yaml.ts');
  try {
    return parseYaml(text);
  } catch (error) {
    throw badInput(`cannot read the template ${path}: ${messageOf(error).split('\n', 1)[0]?.replace(/:$/, '')}`, error);
  }
}

async function readWord(path: string): Promise<WordTemplate> {
  const bytes = readBounded(path, LARGEST_WORD, 'Word template');
  const { parseWordTemplate } = await import('../reports/docx/parse-word-template.ts');
  const parsed = parseWordTemplate(bytes);
  if (!parsed.ok) throw badInput(`cannot use the Word template ${path}: ${parsed.error}`);
  return parsed.value;
}

const DATA_URL = /^data:image\/(?:png|svg\+xml)(?:;[\w=-]+)*?;base64,([A-Za-z0-9+/=\s]+)$/;

function readLogo(logo: string, folder: string, alt: string): Logo {
  const [, data] = DATA_URL.exec(logo) ?? [];
  const where = data === undefined ? `the logo ${logo.slice(0, 200)}` : "the template's logo";
  if (data === undefined && logo.startsWith('data:')) throw badInput(`${where} is no base64 data: URL of a PNG or SVG`);
  const bytes =
    data === undefined ? readBounded(resolve(folder, logo), LARGEST_LOGO, 'logo') : Buffer.from(data, 'base64');
  const parsed = parseLogo(bytes, alt);
  if (!parsed.ok) throw badInput(`cannot use ${where}: ${parsed.error}`);
  return parsed.value;
}

function readBounded(path: string, most: number, what: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > most) throw new Error(`it has ${size} bytes; at most ${most} are taken`);
    return readFileSync(path);
  } catch (error) {
    throw badInput(`cannot read the ${what} ${path}: ${messageOf(error)}`, error);
  }
}

function badInput(message: string, cause?: unknown): RiskError {
  return new RiskError({ code: 'BAD_INPUT', message, cause });
}
