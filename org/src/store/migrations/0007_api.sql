-- Who may call the management API, and what was done.

-- Tokens of Okta's scheme SSWS. Each has the rights of the user who made it.
CREATE TABLE api_tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Unused for thirty days, it ends.
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- The id of an assignment; null where it follows from the role.
ALTER TABLE admin_roles ADD COLUMN id TEXT;
ALTER TABLE admin_roles ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;

-- The System Log. `event` is JSON in Okta's shape.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  published_at INTEGER NOT NULL,
  type TEXT NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_time ON events (published_at, seq);

ALTER TABLE groups ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN membership_updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE groups SET updated_at = created_at, membership_updated_at = created_at;
