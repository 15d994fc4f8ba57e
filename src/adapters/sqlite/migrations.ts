/**
 * The schema of the embedded store, one step a version; `PRAGMA user_version` holds the number of steps taken. Steps are
 * append-only: a released step never changes. Tables with large rows keep their rowid: without one, each look-up by key would read
 * the whole row to compare.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE mirror_records (
    source     TEXT NOT NULL,
    cve_id     TEXT NOT NULL,
    record     TEXT,              -- JSON; NULL: the source was read and does not know the CVE
    fetched_at TEXT NOT NULL,
    PRIMARY KEY (source, cve_id)
  );
  CREATE TABLE mirror_documents (
    source     TEXT PRIMARY KEY,
    document   TEXT NOT NULL,
    version    TEXT,
    records    INTEGER NOT NULL,
    fetched_at TEXT NOT NULL
  );
  CREATE TABLE mirror_state (
    source     TEXT PRIMARY KEY,
    version    TEXT,
    records    INTEGER NOT NULL,
    fetched_at TEXT NOT NULL
  ) WITHOUT ROWID;

  -- The columns are those that the cache library expects; expires_at is milliseconds since 1970.
  CREATE TABLE response_cache (
    key        TEXT PRIMARY KEY,
    value      TEXT,
    expires_at INTEGER
  );

  CREATE TABLE assessments (
    id           TEXT PRIMARY KEY,
    created_at   TEXT NOT NULL,
    finished_at  TEXT,
    status       TEXT NOT NULL,
    owner        TEXT NOT NULL,   -- "host:pid" of the process that runs it
    touched_at   INTEGER NOT NULL, -- when it last wrote, milliseconds since 1970
    request      TEXT NOT NULL,
    intake_gaps  TEXT NOT NULL,
    http_counts  TEXT NOT NULL DEFAULT '{}',
    warnings     TEXT NOT NULL DEFAULT '[]',
    head         TEXT
  );
  CREATE TABLE answers (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    source        TEXT NOT NULL,
    cve_id        TEXT NOT NULL,
    lookup        TEXT NOT NULL,
    gap           TEXT,
    PRIMARY KEY (assessment_id, source, cve_id)
  );
  CREATE TABLE findings (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    id            TEXT NOT NULL,
    status        TEXT NOT NULL,
    level         TEXT,
    priority      REAL NOT NULL,
    sort_key      TEXT NOT NULL,  -- breaks ties of priority
    document      TEXT NOT NULL,
    PRIMARY KEY (assessment_id, id)
  );
  -- Apart from the findings, so that writing prose does not rewrite them.
  CREATE TABLE narratives (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    finding_id    TEXT NOT NULL,
    agent         TEXT NOT NULL,
    part          TEXT NOT NULL,
    PRIMARY KEY (assessment_id, finding_id, agent)
  );
  CREATE UNIQUE INDEX findings_by_priority ON findings (assessment_id, priority DESC, sort_key, id);
  CREATE TABLE first_seen (
    finding_id TEXT PRIMARY KEY,
    day        TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE stages (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    start_ms      REAL NOT NULL,
    end_ms        REAL NOT NULL,
    PRIMARY KEY (assessment_id, name)
  ) WITHOUT ROWID;
  `,
];
