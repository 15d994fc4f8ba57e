import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { toFileUri } from '../identity.ts';
import { present } from '../json-text.ts';
import { productsOf } from '../products.ts';
import { cleanLine, inertLine } from '../safe-text.ts';

/** Places of one result at most: GitHub code scanning reads a thousand, and people fewer. */
const MOST_LOCATIONS = 100;

/**
 * Where a finding is: the files that it was seen in, with the line where the position tells one; without a file, the component or asset
 * itself. The component and the asset are logical locations of each.
 */
export function toLocations(finding: Finding): unknown[] {
  const logical = toLogicalLocations(finding);
  const files = finding.evidence.slice(0, MOST_LOCATIONS).map(({ file, position }) => {
    const line = /^line (\d{1,9})$/.exec(position ?? '')?.[1];
    const place =
      position === null || line !== undefined
        ? []
        : [{ fullyQualifiedName: inertLine(position, 1000), kind: 'element' }];
    return present({
      physicalLocation: present({
        artifactLocation: { uri: toFileUri(cleanLine(file, 1000)) || 'unnamed' },
        region: line === undefined || Number(line) === 0 ? null : { startLine: Number(line) },
      }),
      logicalLocations: [...logical, ...place],
    });
  });
  if (files.length > 0) return files;
  const [first] = logical;
  if (first === undefined) return [];
  return [
    { physicalLocation: { artifactLocation: { uri: encodeURIComponent(first.name) } }, logicalLocations: logical },
  ];
}

interface LogicalLocation {
  readonly name: string;
  readonly kind: string;
  readonly fullyQualifiedName?: string;
}

function toLogicalLocations(finding: Finding): LogicalLocation[] {
  const { products, asset } = productsOf(finding);
  const components = products.filter(({ kind }) => kind === 'component');
  return [
    ...components.map(({ name, purl, cpe }) => {
      const id = purl ?? cpe;
      return { name: inertLine(name, 500), kind: 'package', ...(id === null ? {} : { fullyQualifiedName: id }) };
    }),
    ...(asset === null ? [] : [{ name: inertLine(asset.name, 500), kind: 'asset' }]),
  ];
}
