/** Which server, and how it is used. Plain data: threads are handed it. */
export interface PostgresConfig {
  /** May hold a password: never in a message. */
  readonly url: string;
  /** Connections at most. */
  readonly poolSize: number;
  /** Time limit of one statement, milliseconds. */
  readonly timeoutMs: number;
  /** For how long lost connections are made anew before work is given up, milliseconds. */
  readonly patienceMs: number;
  /** This process, as rows that it holds name it. */
  readonly owner: string;
}
