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

/// Sessions are found by the org's session and by email as well; what ended is told to those who watch; and more than sign-ins
/// can be used once.
const ENDINGS: &str = "
ALTER TABLE session ADD COLUMN org_session TEXT;
ALTER TABLE session ADD COLUMN email_digest BLOB;
CREATE INDEX session_of_org_session ON session (issuer, org_session) WHERE org_session IS NOT NULL;
CREATE INDEX session_of_email ON session (email_digest) WHERE email_digest IS NOT NULL;

CREATE TABLE ended_session (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    row_key  BLOB NOT NULL,
    ended_at INTEGER NOT NULL
) STRICT;

ALTER TABLE finished_sign_in RENAME TO used_once;
ALTER TABLE used_once RENAME COLUMN state_hash TO digest;
";

/// Tokens are renewed by one request at a time; `lease_holder` tells which.
const RENEWALS: &str = "
ALTER TABLE session ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN lease_holder BLOB;
ALTER TABLE session ADD COLUMN leased_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;
";

/// What people have seen and said in onboarding, besides names and landing.
const MARKS: &str = "
CREATE TABLE onboarding_mark (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (issuer, subject, name)
) STRICT, WITHOUT ROWID;
";

const STEPS: &[M<'static>] = &[M::up(FIRST), M::up(ENDINGS), M::up(RENEWALS), M::up(MARKS)];

pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);
