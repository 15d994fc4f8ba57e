/** Counts by key, each with what belongs to it; in the order of first sight. */
export class Tally<Item> {
  readonly #counts = new Map<string, { readonly item: Item; count: number }>();

  add(key: string, item: Item, by = 1): void {
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { item, count: by });
    else known.count += by;
  }

  get size(): number {
    return this.#counts.size;
  }

  entries(): (Item & { readonly count: number })[] {
    return [...this.#counts.values()].map(({ item, count }) => ({ ...item, count }));
  }
}
