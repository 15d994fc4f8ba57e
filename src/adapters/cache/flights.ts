import type { CacheClaim } from '../../ports/cache.ts';

/** Look-ups under way in this process. */
export interface Flights {
  claim(keys: readonly string[]): CacheClaim;
  /** Resolves when the flights of these keys have been released. */
  landed(keys: readonly string[]): Promise<void>;
}

/** Creates an empty sky. */
export function createFlights(): Flights {
  const flying = new Map<string, { readonly landing: Promise<void>; readonly land: () => void }>();
  return {
    claim(keys) {
      const mine = keys.filter((key) => !flying.has(key));
      for (const key of mine) {
        let land: () => void = () => undefined;
        const landing = new Promise<void>((resolve) => {
          land = resolve;
        });
        flying.set(key, { landing, land });
      }
      return {
        mine,
        others: keys.filter((key) => !mine.includes(key)),
        async release() {
          for (const key of mine) {
            flying.get(key)?.land();
            flying.delete(key);
          }
        },
      };
    },
    async landed(keys) {
      await Promise.all(keys.map((key) => flying.get(key)?.landing));
    },
  };
}
