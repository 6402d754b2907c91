-- The last code that an app may bring together with what a person got by text message or call, for an interaction that the app
-- carries itself.
CREATE TABLE oob_codes (
  interaction_hash BLOB PRIMARY KEY REFERENCES interactions (handle_hash) ON DELETE CASCADE,
  code_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
