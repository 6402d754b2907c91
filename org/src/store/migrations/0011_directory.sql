-- Users, their groups and their administrator roles, as the management API changes and searches them.

-- When the account was activated; null for one that was not.
ALTER TABLE users ADD COLUMN activated_at INTEGER;
UPDATE users SET activated_at = created_at WHERE status <> 'STAGED';
-- Who checks the password, where it is not the org: JSON in Okta's shape.
ALTER TABLE users ADD COLUMN provider TEXT;

-- What a page of users is found and sorted by. Each has the id behind it, for that is how pages are told apart, and the status,
-- which most questions ask for as well: so a page needs no more rows of the table than it shows.
CREATE INDEX users_by_login ON users (login COLLATE NOCASE, id, status);
CREATE INDEX users_by_email_text ON users (json_extract(profile, '$.email') COLLATE NOCASE, id, status);
CREATE INDEX users_by_first_name ON users (json_extract(profile, '$.firstName') COLLATE NOCASE, id, status);
CREATE INDEX users_by_last_name ON users (json_extract(profile, '$.lastName') COLLATE NOCASE, id, status);
CREATE INDEX users_by_status ON users (status, id);
CREATE INDEX users_by_created ON users (created_at, id, status);
CREATE INDEX users_by_updated ON users (updated_at, id, status);

CREATE INDEX IF NOT EXISTS authorization_codes_by_user ON authorization_codes (user_id);
CREATE INDEX IF NOT EXISTS access_tokens_by_user ON access_tokens (user_id);
CREATE INDEX IF NOT EXISTS app_users_by_user ON app_users (user_id);

-- Which rule put the user there; null: somebody did.
ALTER TABLE group_members ADD COLUMN rule_id TEXT;

CREATE TABLE group_rules (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  expression TEXT NOT NULL,
  -- JSON lists of ids.
  group_ids TEXT NOT NULL,
  excluded_users TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The roles that all members of a group have.
CREATE TABLE group_roles (
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (group_id, role)
) STRICT, WITHOUT ROWID;
