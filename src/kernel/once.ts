/** Runs at its first call, and gives that call's result to all: what it makes is made when it is needed, and no second time. */
export function once<Args extends readonly unknown[], Value>(
  create: (...args: Args) => Value,
): (...args: Args) => Value {
  let made: { readonly value: Value } | null = null;
  return (...args) => {
    made ??= { value: create(...args) };
    return made.value;
  };
}
