use rusqlite_migration::{M, Migrations};

/// Times are seconds since 1970. A person's `state` is where the work for them stands, the times are how far they have come.
/// `email_key` is the address in lower case: it becomes the login, which Okta compares without case.
const FIRST: &str = "
CREATE TABLE campaign (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL,
    group_id        TEXT NOT NULL,
    group_name      TEXT NOT NULL,
    landing         TEXT NOT NULL,
    factors         TEXT NOT NULL,
    start           TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    created_by      TEXT NOT NULL,
    ignored_columns TEXT NOT NULL DEFAULT '',
    intake          INTEGER NOT NULL DEFAULT 0,
    job             TEXT,
    job_began_at    INTEGER,
    job_total       INTEGER NOT NULL DEFAULT 0,
    job_cursor      INTEGER NOT NULL DEFAULT 0,
    paused_until    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX campaign_job ON campaign (job_began_at) WHERE job IS NOT NULL;

CREATE TABLE person (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id  INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    line         INTEGER NOT NULL,
    email        TEXT NOT NULL,
    email_key    TEXT NOT NULL,
    first_name   TEXT NOT NULL,
    last_name    TEXT NOT NULL,
    phone        TEXT,
    state        TEXT NOT NULL,
    since        INTEGER NOT NULL,
    user_id      TEXT,
    is_new       INTEGER NOT NULL DEFAULT 0,
    problem      TEXT,
    said         TEXT NOT NULL DEFAULT '',
    sent_at      INTEGER,
    opened_at    INTEGER,
    activated_at INTEGER,
    enrolled_at  INTEGER,
    onboarded_at INTEGER,
    code_digest  BLOB,
    code_sealed  TEXT,
    UNIQUE (campaign_id, email_key)
) STRICT;
CREATE INDEX person_state ON person (campaign_id, state, id);
CREATE INDEX person_user ON person (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX person_email ON person (email_key);
CREATE UNIQUE INDEX person_code ON person (code_digest) WHERE code_digest IS NOT NULL;

CREATE TABLE row_flaw (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    line        INTEGER NOT NULL,
    field       TEXT NOT NULL,
    problem     TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (campaign_id, line, field)
) STRICT, WITHOUT ROWID;
";

const STEPS: &[M<'static>] = &[M::up(FIRST)];

pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);
