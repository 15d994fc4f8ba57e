import type { Write } from '../render-json.ts';

/** What is written at once. */
const CHUNK = 65_536;

/** An object without what is not known: null, undefined and empty lists, which the formats have no place for. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Gathers small pieces of text into few writes. */
export function createTextWriter(write: Write): {
  readonly add: (text: string) => Promise<void>;
  readonly end: () => Promise<void>;
} {
  let pending: string[] = [];
  let size = 0;
  const end = async () => {
    if (size > 0) await write(pending.join(''));
    pending = [];
    size = 0;
  };
  return {
    async add(text) {
      pending.push(text);
      size += text.length;
      if (size >= CHUNK) await end();
    },
    end,
  };
}

/** A part of a JSON object: a value, or a list that is written as it is read. */
export type JsonPart =
  | { readonly value: unknown }
  | { readonly list: AsyncIterable<unknown> }
  | { readonly parts: Readonly<Record<string, JsonPart>> };

/** Writes an object of which some fields are long lists, an entry a line. */
export async function writeJson(parts: Readonly<Record<string, JsonPart>>, write: Write): Promise<void> {
  const writer = createTextWriter(write);
  await writeParts(parts, writer.add);
  await writer.add('\n');
  await writer.end();
}

async function writeParts(
  parts: Readonly<Record<string, JsonPart>>,
  add: (text: string) => Promise<void>,
): Promise<void> {
  let before = '{\n';
  for (const [name, part] of Object.entries(parts)) {
    if ('value' in part && part.value == null) continue;
    await add(`${before}${JSON.stringify(name)}: `);
    before = ',\n';
    if ('value' in part) await add(JSON.stringify(part.value));
    else if ('parts' in part) await writeParts(part.parts, add);
    else await writeList(part.list, add);
  }
  await add(before === '{\n' ? '{}' : '\n}');
}

async function writeList(list: AsyncIterable<unknown>, add: (text: string) => Promise<void>): Promise<void> {
  let before = '[\n';
  for await (const entry of list) {
    await add(before + JSON.stringify(entry));
    before = ',\n';
  }
  await add(before === '[\n' ? '[]' : '\n]');
}
