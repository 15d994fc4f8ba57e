/** A line of the log for a person: time, level, message, and the fields after it. */
export function toReadableLine(line: string): string {
  const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const clock = String(time).slice(11, 19);
  return `${[clock, String(level).padEnd(5), msg, ...rest].join(' ')}\n`;
}
