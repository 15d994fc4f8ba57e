import Database from 'better-sqlite3';

/** A hold on the store's file: as long as anyone has one, nobody moves the file away. */
export interface Guard {
  release(): void;
}

/**
 * Takes a hold on the store's file. SQLite names the write-ahead log after the path, not after the file: were a damaged file moved while
 * another process has it open or is opening it, the two files would share one log. The hold is an operating system lock that SQLite keeps
 * on a file beside the store, so it ends with its process, however that ends.
 * @param kind `shared` for everyone who uses the file, `exclusive` for the one who moves it: it waits until no other hold is left.
 * @param patienceMs how long to wait for the others, milliseconds.
 * @throws SqliteError of code `SQLITE_BUSY` where the others keep their hold for longer.
 */
export function takeGuard(path: string, kind: 'shared' | 'exclusive', patienceMs: number): Guard {
  const lock = new Database(`${path}.lock`, { timeout: patienceMs });
  try {
    if (kind === 'exclusive') {
      lock.exec('BEGIN EXCLUSIVE');
    } else {
      lock.exec('BEGIN');
      // The lock comes with the first read and stays for as long as the transaction is open.
      lock.prepare('SELECT count(*) FROM sqlite_master').get();
    }
  } catch (error) {
    lock.close();
    throw error;
  }
  return { release: () => void lock.close() };
}
