import { Parser } from 'htmlparser2';

/** The names of the sheets that a workbook (`xl/workbook.xml`) does not show. */
export function hiddenSheets(workbook: string): ReadonlySet<string> {
  const names = new Set<string>();
  const parser = new Parser(
    {
      onopentag(tag, { name = '', state = '' }) {
        if (/^(?:\w+:)?sheet$/.test(tag) && /^(?:very)?hidden$/i.test(state)) names.add(name);
      },
    },
    { xmlMode: true },
  );
  parser.write(workbook);
  parser.end();
  return names;
}
