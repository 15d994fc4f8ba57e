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
    request      TEXT NOT NULL,
    intake_gaps  TEXT NOT NULL,
    http_counts  TEXT NOT NULL DEFAULT '{}',
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
  `
  -- When the running process last wrote, milliseconds since 1970.
  ALTER TABLE assessments ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE assessments ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
  `,
  `
  -- Outlives the assessments: what was paid stays paid.
  CREATE TABLE model_calls (
    id              INTEGER PRIMARY KEY,
    assessment_id   TEXT NOT NULL,
    agent           TEXT NOT NULL,
    provider        TEXT NOT NULL,
    model           TEXT NOT NULL,
    prompt_version  TEXT NOT NULL,
    prices_as_of    TEXT NOT NULL,
    is_batch        INTEGER NOT NULL,
    is_cache_asked  INTEGER NOT NULL,
    most_usd        REAL,
    sent_at         TEXT NOT NULL,
    ended_at        TEXT,
    outcome         TEXT NOT NULL DEFAULT 'sent',
    input           INTEGER NOT NULL DEFAULT 0,
    cache_write_5m  INTEGER NOT NULL DEFAULT 0,
    cache_write_1h  INTEGER NOT NULL DEFAULT 0,
    cache_read      INTEGER NOT NULL DEFAULT 0,
    output          INTEGER NOT NULL DEFAULT 0,
    cost_usd        REAL
  );
  CREATE INDEX model_calls_by_assessment ON model_calls (assessment_id);
  `,
  `
  -- What mirrored records can be found by. A row whose record has changed since is found out by whoever reads the record.
  CREATE TABLE mirror_products (
    product TEXT NOT NULL,        -- "vendor:product" of a CPE name
    cve_id  TEXT NOT NULL,
    PRIMARY KEY (product, cve_id)
  ) WITHOUT ROWID;
  CREATE TABLE mirror_weaknesses (
    cwe    TEXT NOT NULL,
    cve_id TEXT NOT NULL,
    PRIMARY KEY (cwe, cve_id)
  ) WITHOUT ROWID;
  CREATE INDEX mirror_by_epss ON mirror_records (json_extract(record, '$.probability')) WHERE source = 'epss';
  CREATE INDEX mirror_by_modified ON mirror_records (json_extract(record, '$.lastModified')) WHERE source = 'nvd';
  -- How far a load by pages has come.
  CREATE TABLE mirror_loads (
    source TEXT PRIMARY KEY,
    load   TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE mirror_history (
    cve_id     TEXT NOT NULL,
    source     TEXT NOT NULL,
    at         TEXT NOT NULL,
    field      TEXT NOT NULL,
    from_value TEXT,
    to_value   TEXT,
    PRIMARY KEY (cve_id, source, at, field)
  ) WITHOUT ROWID;
  `,
  `
  -- What was paid for, until the assessment that paid has ended.
  ALTER TABLE model_calls ADD COLUMN prompt_hash TEXT;
  ALTER TABLE model_calls ADD COLUMN reply TEXT;
  CREATE INDEX model_calls_by_prompt ON model_calls (assessment_id, prompt_hash);
  `,
  `
  -- JSON of notes, violations and the cap; NULL where nothing is to be said.
  ALTER TABLE narratives ADD COLUMN remarks TEXT;
  CREATE INDEX narratives_with_remarks ON narratives (assessment_id) WHERE remarks IS NOT NULL;
  -- What was written at once, with the finding: apart from what is written later, which does not rewrite the finding.
  ALTER TABLE findings ADD COLUMN vulnerability TEXT;
  ALTER TABLE findings ADD COLUMN threat TEXT;
  CREATE INDEX answers_with_gaps ON answers (assessment_id) WHERE gap IS NOT NULL;
  `,
  `
  -- What a run writes again and again, apart from the request, which lists every CVE and would be rewritten each time.
  CREATE TABLE runs (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments (id) ON DELETE CASCADE,
    owner         TEXT NOT NULL,   -- "host:pid" of the process that runs it
    touched_at    INTEGER NOT NULL,
    http_counts   TEXT NOT NULL DEFAULT '{}',
    warnings      TEXT NOT NULL DEFAULT '[]'
  ) WITHOUT ROWID;
  INSERT INTO runs SELECT id, owner, touched_at, http_counts, warnings FROM assessments;
  ALTER TABLE assessments DROP COLUMN owner;
  ALTER TABLE assessments DROP COLUMN touched_at;
  ALTER TABLE assessments DROP COLUMN http_counts;
  ALTER TABLE assessments DROP COLUMN warnings;

  -- JSON of the whole narrative where nothing of it is written later; else each agent's part is in narratives.
  ALTER TABLE findings ADD COLUMN narrative TEXT;
  INSERT OR IGNORE INTO narratives (assessment_id, finding_id, agent, part)
    SELECT assessment_id, id, 'vulnerability', vulnerability FROM findings WHERE vulnerability IS NOT NULL
    UNION ALL SELECT assessment_id, id, 'threat', threat FROM findings WHERE threat IS NOT NULL;
  ALTER TABLE findings DROP COLUMN vulnerability;
  ALTER TABLE findings DROP COLUMN threat;
  `,
  `
  -- The knowledge base. Vectors are in a table of their own, made for the first model (knowledge-index.ts).
  CREATE TABLE knowledge_state (
    model      TEXT NOT NULL,
    dimensions INTEGER NOT NULL
  );
  CREATE TABLE documents (
    id     TEXT PRIMARY KEY,
    path   TEXT NOT NULL UNIQUE,
    title  TEXT NOT NULL,
    type   TEXT NOT NULL,
    pages  INTEGER,
    hash   TEXT NOT NULL,
    date   TEXT,
    fields TEXT NOT NULL      -- JSON: names in lower case
  );
  CREATE TABLE passages (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    page        INTEGER,
    section     TEXT,
    text        TEXT NOT NULL,
    ids         TEXT NOT NULL -- JSON array
  );
  CREATE INDEX passages_by_document ON passages (document_id, ordinal);
  CREATE TABLE passage_ids (
    named TEXT NOT NULL,
    row   INTEGER NOT NULL,
    PRIMARY KEY (named, row)
  ) WITHOUT ROWID;
  CREATE VIRTUAL TABLE passages_fts USING fts5(title, section, body, tokenize = 'porter unicode61 remove_diacritics 2');
  CREATE TABLE embeddings (
    key    TEXT PRIMARY KEY,  -- SHA-256 of model and text
    vector BLOB NOT NULL
  );
  `,
  `
  -- Where the vectors are: the name of a collection elsewhere, or NULL for passage_vectors.
  ALTER TABLE knowledge_state ADD COLUMN collection TEXT;
  -- Passages whose vectors, elsewhere, are being written or are to be taken out.
  CREATE TABLE vector_journal (
    passage_id  TEXT PRIMARY KEY,
    is_obsolete INTEGER NOT NULL,
    noted_at    TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- What the findings of an assessment are about (asset, component, evidence); a CVE id and nothing else has no row.
  CREATE TABLE subjects (
    assessment_id    TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    vulnerability_id TEXT NOT NULL,
    place            INTEGER NOT NULL,  -- in what was handed in
    has_cve          INTEGER NOT NULL,
    document         TEXT NOT NULL,
    PRIMARY KEY (assessment_id, vulnerability_id, place)
  ) WITHOUT ROWID;
  CREATE INDEX subjects_without_cve ON subjects (assessment_id) WHERE has_cve = 0;
  `,
  `
  -- Added to, never changed: the triggers refuse all else, REPLACE too.
  CREATE TABLE audit_log (
    sequence      INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    actor         TEXT NOT NULL,
    action        TEXT NOT NULL,
    target        TEXT NOT NULL,
    detail        TEXT NOT NULL,  -- canonical JSON
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL
  );
  CREATE TRIGGER audit_log_keeps_entries BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_log_loses_none BEFORE DELETE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_log_goes_on BEFORE INSERT ON audit_log
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_log)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

  -- The fixes that were ticketed, and where what each of them mends was seen last. A fix without sightings is gone.
  CREATE TABLE tickets (
    correlation_id TEXT PRIMARY KEY,
    fix_id         TEXT NOT NULL,   -- the same for a fix that came back, whose ticket is another one
    fix            TEXT NOT NULL,   -- JSON
    ticket_id      TEXT NOT NULL,   -- the ticket system's own
    number         TEXT NOT NULL,
    content_hash   TEXT NOT NULL,   -- of what was written to it last
    gone_at        TEXT
  );
  CREATE TABLE ticket_sightings (
    correlation_id TEXT NOT NULL REFERENCES tickets (correlation_id) ON DELETE CASCADE,
    key            TEXT NOT NULL,   -- vulnerability and asset
    sighting       TEXT NOT NULL,   -- JSON
    PRIMARY KEY (correlation_id, key)
  );
  -- One process writes tickets at a time.
  CREATE TABLE ticket_writer (
    place      INTEGER PRIMARY KEY CHECK (place = 1),
    owner      TEXT NOT NULL,       -- "host:pid"
    touched_at INTEGER NOT NULL     -- milliseconds since 1970
  );
  `,
  `
  -- What a summary counts of a finding stands before the finding itself, so that it is read without it.
  CREATE TABLE digested_findings (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    id            TEXT NOT NULL,
    status        TEXT NOT NULL,
    level         TEXT,
    priority      REAL NOT NULL,
    sort_key      TEXT NOT NULL,  -- breaks ties of priority
    digest        TEXT NOT NULL,
    document      TEXT NOT NULL,
    narrative     TEXT,           -- JSON of the whole narrative where nothing of it is written later
    PRIMARY KEY (assessment_id, id)
  );
  INSERT INTO digested_findings
    SELECT assessment_id, id, status, level, priority, sort_key, json_object(
      'vulnerabilityId', document ->> 'vulnerabilityId', 'title', document ->> 'title', 'status', status, 'level', level,
      'kevStatus', document ->> 'kevStatus', 'kev', document -> 'kev', 'bod2604', document -> 'bod2604',
      'sources', document -> 'sources', 'product', document ->> '$.affected[0].product'), document, narrative
    FROM findings;
  DROP TABLE findings;
  ALTER TABLE digested_findings RENAME TO findings;
  CREATE UNIQUE INDEX findings_by_priority ON findings (assessment_id, priority DESC, sort_key, id);
  `,
  `
  -- In which configurations NVD calls a CVE vulnerable; '': not known, since the record was stored before they were kept.
  CREATE TABLE mirror_configurations (
    cve_id         TEXT PRIMARY KEY,
    configurations TEXT NOT NULL
  );
  INSERT INTO mirror_configurations SELECT DISTINCT cve_id, '' FROM mirror_products;
  CREATE INDEX mirror_unmatchable ON mirror_configurations (cve_id) WHERE configurations = '';
  `,
  `
  -- What people have decided about vulnerabilities. Never changed, only withdrawn.
  CREATE TABLE decisions (
    id               TEXT PRIMARY KEY,
    vulnerability_id TEXT NOT NULL,
    decided_at       TEXT NOT NULL,
    document         TEXT NOT NULL,  -- JSON of all but when it was withdrawn
    withdrawn_at     TEXT
  );
  CREATE INDEX decisions_in_force ON decisions (vulnerability_id) WHERE withdrawn_at IS NULL;
  `,
  `
  -- JSON: hits and misses of the response cache, by namespace.
  ALTER TABLE runs ADD COLUMN cache_counts TEXT NOT NULL DEFAULT '{}';
  `,
  `
  -- Entries of a catalogue that could not be read.
  ALTER TABLE mirror_state ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- By which the provider knows a call whose answer is waited for.
  ALTER TABLE model_calls ADD COLUMN sent_as TEXT;
  `,
  `
  -- JSON: where pages begin in a passage; NULL where it is on one.
  ALTER TABLE passages ADD COLUMN page_starts TEXT;
  -- JSON: what whoever took a document in said of it. Kept where the collection is emptied.
  CREATE TABLE given_fields (
    document_id TEXT PRIMARY KEY,
    fields      TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- A row where the head of the audit log was noted beside the store: a head that is gone was there.
  CREATE TABLE audit_head_noted (is_noted INTEGER PRIMARY KEY CHECK (is_noted = 1)) WITHOUT ROWID;
  `,
];
