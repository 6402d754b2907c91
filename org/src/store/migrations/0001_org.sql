-- One table per noun. Moments are milliseconds since 1970; `*_hash` columns are SHA-256; `*_sealed` columns are encrypted
-- with the key file of the data directory.

CREATE TABLE org (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  -- The login as it is compared: lower case.
  login_key TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  profile TEXT NOT NULL,
  password_hash TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  status_changed_at INTEGER NOT NULL,
  password_changed_at INTEGER,
  last_sign_in_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE admin_roles (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('BUILT_IN', 'OKTA_GROUP')),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_group ON group_members (group_id, user_id);

CREATE TABLE apps (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  application_type TEXT NOT NULL,
  token_endpoint_auth_method TEXT NOT NULL,
  secret_sealed BLOB,
  pkce_required INTEGER NOT NULL,
  grant_types TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app_uris (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('REDIRECT', 'POST_LOGOUT')),
  uri TEXT NOT NULL,
  -- The origin of the uri, for CORS; null when it has none, as `com.example:/callback`.
  origin TEXT,
  PRIMARY KEY (app_id, kind, uri)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_uris_by_origin ON app_uris (origin);

CREATE TABLE app_groups (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  PRIMARY KEY (app_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE app_users (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (app_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE authorization_servers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  audience TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The access policy of a custom authorization server, flattened to its rules in order of priority.
CREATE TABLE server_rules (
  server_id TEXT NOT NULL REFERENCES authorization_servers (id) ON DELETE CASCADE,
  priority INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (server_id, priority)
) STRICT, WITHOUT ROWID;

-- `server` is the id of a custom authorization server, or 'org' for the org's own.
CREATE TABLE signing_keys (
  kid TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('CURRENT', 'NEXT')),
  private_sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (server, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE interactions (
  handle_hash BLOB PRIMARY KEY,
  device_hash BLOB NOT NULL,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interactions_by_expiry ON interactions (expires_at);

CREATE TABLE sessions (
  handle_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  amr TEXT NOT NULL,
  signed_in_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  keep_me_signed_in INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_last_seen ON sessions (last_seen_at);

CREATE TABLE authorization_codes (
  code_hash BLOB PRIMARY KEY,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_hash BLOB NOT NULL,
  authorization TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);

CREATE TABLE access_tokens (
  token_hash BLOB PRIMARY KEY,
  code_hash BLOB REFERENCES authorization_codes (code_hash) ON DELETE SET NULL,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_by_code ON access_tokens (code_hash);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

-- What must be known of a user and an app before a token may be issued or honoured.
CREATE VIEW issue_facts AS
SELECT
  users.id AS user_id,
  users.status AS user_status,
  apps.id AS app_id,
  apps.status AS app_status,
  EXISTS (
    SELECT 1 FROM app_users WHERE app_users.app_id = apps.id AND app_users.user_id = users.id
  ) OR EXISTS (
    SELECT 1 FROM group_members JOIN app_groups USING (group_id)
    WHERE group_members.user_id = users.id AND app_groups.app_id = apps.id
  ) AS is_assigned
FROM users CROSS JOIN apps;
