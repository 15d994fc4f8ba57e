/** Holds something large until it is taken, once: whoever takes it is the only one that keeps it in memory. @throws Error where it is taken again */
export function handOver<Value extends object>(value: Value): () => Value {
  let held: Value | null = value;
  return () => {
    if (held === null) throw new Error('what was handed over has been taken already');
    const taken = held;
    held = null;
    return taken;
  };
}
