-- The sign-in engine: sessions remember what was proved and how long they live; links that were sent by email.

DELETE FROM sessions;
ALTER TABLE sessions DROP COLUMN amr;
ALTER TABLE sessions ADD COLUMN proofs TEXT NOT NULL DEFAULT '[]';
-- Milliseconds without use after which it has ended; null: it does not end by that.
ALTER TABLE sessions ADD COLUMN max_idle INTEGER;
-- When it has ended in any case; null: never.
ALTER TABLE sessions ADD COLUMN ends_at INTEGER;

DELETE FROM interactions;
DROP TABLE interactions;
CREATE TABLE interactions (
  handle_hash BLOB PRIMARY KEY,
  -- Null for one that an app began for itself by the interaction code flow.
  device_hash BLOB,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Counts the answers, for those who look on.
  version INTEGER NOT NULL DEFAULT 0,
  began_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interactions_by_expiry ON interactions (expires_at);

-- A link in an email that stands for the code beside it.
CREATE TABLE email_links (
  token_hash BLOB PRIMARY KEY,
  interaction_hash BLOB NOT NULL REFERENCES interactions (handle_hash) ON DELETE CASCADE,
  -- The handle of the interaction and the code, for the browser that follows the link.
  handle_sealed BLOB NOT NULL,
  code_sealed BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX email_links_by_interaction ON email_links (interaction_hash);

-- A link that begins an activation or a password reset for one user.
CREATE TABLE user_links (
  token_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('ACTIVATION', 'PASSWORD_RESET')),
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX user_links_by_user ON user_links (user_id);
