import type { Surroundings } from '../domain/cpe/evaluate-configuration.ts';
import type { InstalledProduct } from '../domain/cpe/installed-product.ts';
import { addTo } from '../kernel/group-by.ts';
import type { NamedComponent } from './named-components.ts';

/** What is beside a component: what the same file lists of the same application, by product. */
export function surroundingsOf(named: readonly NamedComponent[]): (one: NamedComponent) => Surroundings {
  const places = new Map<
    string,
    { readonly byProduct: Map<string, InstalledProduct[]>; readonly around: Surroundings }
  >();
  for (const one of named) {
    const place = placeOf(one);
    const known = places.get(place) ?? createPlace();
    places.set(place, known);
    addTo(known.byProduct, one.installed.product, one.installed);
    if (one.installed.name.part === 'o') addTo(known.byProduct, OPERATING_SYSTEMS, one.installed);
  }
  return (one) => places.get(placeOf(one))?.around ?? createPlace().around;
}

/** No product's key has no colon. */
const OPERATING_SYSTEMS = 'operating systems';

function createPlace() {
  const byProduct = new Map<string, InstalledProduct[]>();
  const around: Surroundings = {
    find: (product) => byProduct.get(product) ?? [],
    get operatingSystems() {
      return byProduct.get(OPERATING_SYSTEMS) ?? [];
    },
  };
  return { byProduct, around };
}

function placeOf({ listed: { application, evidence } }: NamedComponent): string {
  return JSON.stringify([evidence.file, application]);
}
