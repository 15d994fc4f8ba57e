import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { uuidOf } from '../identity.ts';
import { present } from '../json-text.ts';
import { type Product, productWords } from '../products.ts';
import { toProperties } from './properties.ts';

/** What a component is referred to by: its package URL, else an id made of what tells it from others. */
export function refOf({ purl, key }: Product): string {
  return purl ?? `eras:${uuidOf('component', key)}`;
}

const TYPES = { component: 'library', affected: 'application', asset: 'device', unspecified: 'application' } as const;

/** A component; an asset is a device. Products that only the sources name say that nobody has seen them. */
export function toComponent(product: Product, { asset }: Finding): unknown {
  const { kind, name, version, vendor, cpe, purl } = product;
  const isVersion = kind === 'component';
  return present({
    type: TYPES[kind],
    'bom-ref': refOf(product),
    publisher: vendor,
    name,
    version: isVersion ? version : null,
    description: isVersion || version === null ? null : productWords(product),
    cpe,
    purl,
    properties:
      kind === 'asset'
        ? toProperties({
            criticality: asset?.criticality,
            exposure: asset?.exposure,
            environment: asset?.environment,
            owner: asset?.owner,
            dataSensitivity: asset?.dataSensitivity,
            controls: asset?.controls.join(' '),
          })
        : toProperties({ presence: kind === 'component' ? null : 'unknown', versions: isVersion ? null : version }),
  });
}
