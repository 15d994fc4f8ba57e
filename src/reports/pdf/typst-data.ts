import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { LEVEL_COLORS, LEVEL_MARKS } from '../charts/level-colors.ts';
import type { ReportDocument } from '../document/document.ts';
import type { Stamp } from '../typeset/stamp.ts';
import { wellFormed } from '../typeset/well-formed.ts';
import { createBlockData, type Shape } from './block-data.ts';
import { factData } from './text-data.ts';

/** What the template reads: the report as JSON, and files that it names. */
export interface TypstData {
  readonly json: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The report as the template's data. Text stays a JSON string from here to the page: the template puts it out with `text`, which evaluates nothing.
 */
export async function toTypstData(document: ReportDocument, { assessmentId, createdAt }: Stamp): Promise<TypstData> {
  const { cover, branding, language, words, sections } = document;
  const files = new Map<string, Uint8Array>();
  const toShapes = createBlockData(document, files);
  const shaped: { id: string; title: string; blocks: Shape[] }[] = [];
  for (const { id, title, blocks } of sections) shaped.push({ id, title, blocks: await toShapes(blocks) });
  const data = {
    title: `${cover.title}: ${cover.scope}`,
    date: dateParts(createdAt),
    id: assessmentId,
    language,
    words,
    accent: branding.accent,
    organisation: branding.organisation,
    logo: addLogo(document, files),
    levels: levelStyles(),
    cover: {
      title: cover.title,
      scope: cover.scope,
      classification: cover.classification,
      facts: cover.facts.map(factData),
      dates: (await toShapes([cover.dataDates]))[0],
      notes: cover.notes,
    },
    sections: shaped,
  };
  return { json: JSON.stringify(data, (_, value) => (typeof value === 'string' ? wellFormed(value) : value)), files };
}

function addLogo({ branding: { logo } }: ReportDocument, files: Map<string, Uint8Array>) {
  if (logo === null) return null;
  const name = logo.mediaType === 'image/png' ? 'logo.png' : 'logo.svg';
  files.set(name, Buffer.from(logo.base64, 'base64'));
  return { file: name, alt: logo.alt };
}

function levelStyles() {
  const levels = Object.keys(LEVEL_COLORS) as RiskLevel[];
  return Object.fromEntries(levels.map((level) => [level, { ...LEVEL_COLORS[level], mark: LEVEL_MARKS[level] }]));
}

function dateParts(iso: string) {
  const at = new Date(iso);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
}
