import Database from 'better-sqlite3';
import type { LabelledTexts } from '../../ports/labelled-texts.ts';

/** As much as a title tells more than a text. */
const WEIGHTS = '2.0, 1.0';
/** The row of what is asked, while it is asked: texts begin at 1. */
const ASKED = 0;

/** Texts in memory, gone with the process: some 20,000 are indexed in half a second. Places are those in the list. */
export function createLabelledTexts(
  texts: readonly { readonly title: string; readonly text: string }[],
): LabelledTexts {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = 'porter unicode61')");
  const insert = database.prepare('INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM texts WHERE rowid = ?');
  const select = database.prepare<[string, number], { row: number; bm25: number }>(
    `SELECT rowid AS row, -bm25(texts, ${WEIGHTS}) AS bm25 FROM texts WHERE texts MATCH ?
     ORDER BY bm25 DESC, rowid LIMIT ?`,
  );
  const weigh = database
    .prepare<[string], number>(`SELECT -bm25(texts, ${WEIGHTS}) FROM texts WHERE texts MATCH ? AND rowid = ${ASKED}`)
    .pluck();
  database.transaction(() => {
    for (const [place, { title, text }] of texts.entries()) insert.run(place + 1, title, text);
  })();
  return {
    search(words, limit) {
      if (words.length === 0) return { found: [], whole: 0 };
      const match = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
      const found = select.all(match, limit).map(({ row, bm25 }) => ({ place: row - 1, bm25 }));
      insert.run(ASKED, '', words.join(' '));
      const whole = weigh.get(match) ?? 0;
      remove.run(ASKED);
      return { found, whole };
    },
    close: () => void database.close(),
  };
}
