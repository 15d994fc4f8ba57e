import type { AssetList } from '../domain/asset/asset.ts';
import { toSighting } from '../domain/finding/sighting.ts';
import type { TextReader, UnderstoodProduct, UnderstoodText } from '../ports/text-reader.ts';
import { isAmbiguous } from './ambiguous-text.ts';
import { findIds } from './find-ids.ts';
import type { ListedComponent, TargetContent } from './intake.ts';

/** Who may be asked what a sentence is about, and the assets that it may name. */
export interface SentenceParts {
  /** Null: rules alone. */
  readonly reader: TextReader | null;
  readonly assets: AssetList | null;
}

/** Reads a sentence by rules; where these do not know what it is about, a model may be asked, and what it says is added. */
export async function readSentence(sentence: string, { reader, assets }: SentenceParts): Promise<TargetContent> {
  const found = findIds(sentence, 'sentence');
  const byRules = toContent(
    sentence,
    found.ids.map(({ id }) => id),
    null,
  );
  const understood = reader !== null && isAmbiguous(sentence, found, assets) ? await reader.read(sentence) : null;
  if (understood === null || 'failed' in understood) {
    const isLost = found.ids.length === 0 && found.malformed.length === 0;
    const failed =
      understood === null || isLost ? [] : [`language model: ${understood.failed}; rules read the text alone`];
    const malformed = isLost ? [sentence] : found.malformed;
    return { ...byRules, malformed, moreMalformed: isLost ? 0 : found.moreMalformed, warnings: failed };
  }
  const ids = new Set([...found.ids.map(({ id }) => id), ...understood.vulnerabilityIds]);
  const content = toContent(sentence, [...ids], understood);
  const isLost = ids.size + content.components.length === 0;
  // What was meant as an id and is understood is no gap.
  const malformed = understood.vulnerabilityIds.length > 0 ? [] : found.malformed;
  return { ...content, malformed: isLost ? [...malformed, sentence].slice(0, 1) : malformed };
}

function toContent(sentence: string, ids: readonly string[], understood: UnderstoodText | null): TargetContent {
  const { assets = [], products = [] } = understood ?? {};
  const named = assets.length === 0 ? {} : { named: assets };
  return {
    sightings: ids.map((vulnerabilityId) => toSighting({ vulnerabilityId, sentence, ...named })),
    components: products.flatMap((product) => toComponent(product, assets[0] ?? null)),
    gaps: [],
    warnings: [],
    malformed: [],
    moreMalformed: 0,
    titles: [],
    ...(understood === null ? {} : { understood: [tell(sentence, understood)] }),
  };
}

/** A product with vendor and version has a CPE name, by which it is looked up; one without is only told. */
function toComponent({ vendor, product, version }: UnderstoodProduct, asset: string | null): ListedComponent[] {
  if (vendor === null || version === null) return [];
  const [maker, name, release] = [vendor, product, version].map(toCpeValue);
  const component = {
    purl: null,
    cpe: `cpe:2.3:a:${maker}:${name}:${release}:*:*:*:*:*:*:*`,
    name: product,
    installedVersion: version,
    fixedVersion: null,
  };
  return [
    { component, application: asset, evidence: { file: 'command line', position: null, tool: null, severity: null } },
  ];
}

/** A value of a formatted string (NISTIR 7695, section 6.2): lower case, spaces as underscores, other signs quoted. */
function toCpeValue(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '_')
    .replace(/[^\p{L}\p{N}_.-]/gu, (sign) => `\\${sign}`);
}

function tell(sentence: string, { products, assets, by, vulnerabilityIds }: UnderstoodText): string {
  const named = products.map(({ vendor, product, version }) => {
    const words = [vendor, product, version].filter((word) => word !== null).join(' ');
    return vendor === null || version === null ? `${words} (without vendor and version: not looked up)` : words;
  });
  const parts = [...vulnerabilityIds, ...named, ...(assets.length === 0 ? [] : [`on ${assets.join(', ')}`])];
  return `"${sentence.slice(0, 80)}": ${parts.length === 0 ? 'nothing more' : parts.join(', ')} (read by ${by})`;
}
