/** Variables of the environment under which Node's wall clock is so many milliseconds ahead of the machine's (behind it, where negative). */
export function skewedClock(milliseconds: number): Record<string, string> {
  if (milliseconds === 0) return {};
  const script = `
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...parts) { if (parts.length === 0) super(Real.now() + ${milliseconds}); else super(...parts); }
      static now() { return Real.now() + ${milliseconds}; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}
