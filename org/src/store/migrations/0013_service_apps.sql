-- Apps that act for themselves, and session tokens.

-- A token of a service app is nobody's.
CREATE TABLE access_tokens_new (
  token_hash BLOB PRIMARY KEY,
  code_hash BLOB REFERENCES authorization_codes (code_hash) ON DELETE SET NULL,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO access_tokens_new (token_hash, code_hash, server, app_id, user_id, scopes, expires_at, revoked_at)
SELECT token_hash, code_hash, server, app_id, user_id, scopes, expires_at, revoked_at FROM access_tokens;
DROP TABLE access_tokens;
ALTER TABLE access_tokens_new RENAME TO access_tokens;
CREATE INDEX access_tokens_by_code ON access_tokens (code_hash);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);
CREATE INDEX access_tokens_by_user ON access_tokens (user_id);

-- The administrator roles of a service app.
CREATE TABLE app_roles (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (app_id, role)
) STRICT, WITHOUT ROWID;

-- The assertions by which apps have shown who they are, until they would have expired: each counts once.
CREATE TABLE client_assertions (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  jti_hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (app_id, jti_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_assertions_by_expiry ON client_assertions (expires_at);

-- What somebody gets who signed in by the authentication API, to be exchanged for a session once. `proofs` is JSON.
CREATE TABLE session_tokens (
  token_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  proofs TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_tokens_by_user ON session_tokens (user_id);
CREATE INDEX session_tokens_by_expiry ON session_tokens (expires_at);
