import { z } from 'zod';
import { failure, type Result, success } from '../../kernel/result.ts';

/** A field of a row in whatever form the instance wrote it; what it does not say is empty. */
export interface Cell {
  /** What is stored: of a reference the id of the row that it names. */
  readonly value: string;
  /** What people see. */
  readonly display: string;
  /** Where it is only the beginning of what the instance holds. */
  readonly isCut?: true;
}

/** A row of a table, by field. */
export type Row = Readonly<Record<string, Cell>>;

/** Characters of a field; journals and imports come to some hundred thousand. */
const LONGEST_TEXT = 4_000_000;
/** What is said of a longer one. */
export const CUT_TEXT = `its text is longer than ${LONGEST_TEXT.toLocaleString('en-US')} characters, of which only so many are read`;
const EMPTY: Cell = { value: '', display: '' };

const Plain = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

/** `sysparm_display_value` false: a text, or `{link, value}`; true: a text, or `{display_value, link}`; all: `{display_value, value, link}`. */
const Field = z
  .union([
    Plain.transform((text) => toCell(text, text)),
    z
      .object({ value: Plain.optional(), display_value: Plain.optional(), link: z.string().optional() })
      .transform(({ value, display_value: display, link }) => {
        const stored = value ?? idInLink(link) ?? display ?? '';
        return toCell(stored, display || stored);
      }),
  ])
  .catch(EMPTY);

function toCell(value: string, display: string): Cell {
  const isWhole = Math.max(value.length, display.length) <= LONGEST_TEXT;
  const cell = { value: value.slice(0, LONGEST_TEXT), display: display.slice(0, LONGEST_TEXT) };
  return isWhole ? cell : { ...cell, isCut: true };
}

const Fields = z.record(z.string(), Field);

const Problem = z.object({ message: z.string().catch(''), detail: z.string().nullish().catch(null) });

const Reply = z.object({
  result: z.union([z.array(z.unknown()), Fields]).optional(),
  error: z.union([Problem, z.string().transform((message) => ({ message, detail: null }))]).optional(),
  /** Beside an error of `/oauth_token.do`. */
  error_description: z.string().optional().catch(undefined),
});

/** A reply to a request for rows, or for one; the error is the instance's own words. Rows that are none are passed over and counted. */
export function parseRows(json: unknown): Result<{ rows: Row[]; unreadable: number }, string> {
  const parsed = Reply.safeParse(json);
  if (!parsed.success) return failure('it is no reply of the Table API');
  const { result, error } = parsed.data;
  // A transaction that ran out of time brings the rows so far beside its error: they are not all.
  if (error !== undefined) return failure(wordsOf(error));
  if (result === undefined) return failure('it has no result');
  if (!Array.isArray(result)) return success({ rows: [result], unreadable: 0 });
  const rows = result.flatMap((one) => {
    const row = Fields.safeParse(one);
    return row.success ? [row.data] : [];
  });
  return success({ rows, unreadable: result.length - rows.length });
}

/** What an instance says in the body of a failing answer; null where it says nothing that can be read. */
export function findProblem(text: string | null): string | null {
  if (text === null || !text.trimStart().startsWith('{')) return null;
  try {
    const parsed = Reply.safeParse(JSON.parse(text));
    if (!parsed.success || parsed.data.error === undefined) return null;
    const { error, error_description: description } = parsed.data;
    return wordsOf({ ...error, detail: error.detail ?? description ?? null });
  } catch {
    return null;
  }
}

function wordsOf({ message, detail }: z.infer<typeof Problem>): string {
  return [message, detail].filter((words) => typeof words === 'string' && words !== '').join(': ');
}

/** A field of a row. */
export function cellOf(row: Row, field: string): Cell {
  return row[field] ?? EMPTY;
}

/** Whether a field holds more than was read of it. */
export function isCut(row: Row, field: string): boolean {
  return cellOf(row, field).isCut === true;
}

/** What people see of a field; null where it is empty. */
export function textOf(row: Row, field: string): string | null {
  return cellOf(row, field).display.trim() || null;
}

function idInLink(link: string | undefined): string | null {
  return /\/([0-9a-z]{1,64})(?:\?|$)/i.exec(link ?? '')?.[1] ?? null;
}

const Token = z.object({ access_token: z.string().min(1).max(10_000) });

/** The token in a reply of `/oauth_token.do`; null where there is none. */
export function findToken(json: unknown): string | null {
  const parsed = Token.safeParse(json);
  return parsed.success ? parsed.data.access_token : null;
}
