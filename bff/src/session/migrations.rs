use rusqlite_migration::{M, Migrations};

/// Times are seconds since 1970. `claims` and `tokens` are sealed with a key that only the session's cookie holds.
const FIRST: &str = "
CREATE TABLE session (
    row_key      BLOB NOT NULL UNIQUE,
    issuer       TEXT NOT NULL,
    subject      TEXT NOT NULL,
    device       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    idle_end     INTEGER NOT NULL,
    absolute_end INTEGER NOT NULL,
    revoked_at   INTEGER,
    claims       BLOB NOT NULL,
    tokens       BLOB
) STRICT;
CREATE INDEX session_of_account ON session (issuer, subject);
CREATE INDEX session_end ON session (absolute_end);

CREATE TABLE finished_sign_in (
    state_hash BLOB NOT NULL PRIMARY KEY,
    forget_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finished_sign_in_end ON finished_sign_in (forget_at);

CREATE TABLE onboarding (
    issuer      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    first_name  TEXT NOT NULL,
    last_name   TEXT NOT NULL,
    locale      TEXT NOT NULL,
    landing     TEXT,
    finished_at INTEGER,
    PRIMARY KEY (issuer, subject),
    CHECK ((landing IS NULL) = (finished_at IS NULL))
) STRICT, WITHOUT ROWID;
";

const STEPS: &[M<'static>] = &[M::up(FIRST)];

pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);
