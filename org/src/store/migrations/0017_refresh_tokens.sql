-- What an app holds for longer than an access token lives.

-- One for each sign-in that gave a refresh token. Rotation changes its token; all else stays. `terms` is JSON.
CREATE TABLE refresh_grants (
  id TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- The code that it was issued for, whose reuse ends it.
  code_hash BLOB,
  terms TEXT NOT NULL,
  -- The number of the token that counts, and of the last that was used.
  latest INTEGER NOT NULL,
  used INTEGER NOT NULL,
  -- When the latest token was made, and from what beside the one before it.
  rotated_at INTEGER,
  salt BLOB,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  -- When it ends in any case, and when it ends unless it is used.
  ends_at INTEGER,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_grants_by_app ON refresh_grants (app_id);
CREATE INDEX refresh_grants_by_user ON refresh_grants (user_id);
CREATE INDEX refresh_grants_by_code ON refresh_grants (code_hash);
CREATE INDEX refresh_grants_by_expiry ON refresh_grants (expires_at);

-- Every token that a grant has had: one that comes again is known.
CREATE TABLE refresh_tokens (
  token_hash BLOB PRIMARY KEY,
  grant_id TEXT NOT NULL REFERENCES refresh_grants (id) ON DELETE CASCADE,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);

-- The refresh token that an access token came with or by, and that it ends with.
ALTER TABLE access_tokens ADD COLUMN refresh_id TEXT;
CREATE INDEX access_tokens_by_refresh ON access_tokens (refresh_id);
