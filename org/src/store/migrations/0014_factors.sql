-- Factors that were begun by the management API and wait for their first code.
CREATE TABLE pending_factors (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- Okta's type and provider: `sms OKTA`.
  type TEXT NOT NULL,
  -- A telephone number or an email address.
  address TEXT,
  secret_sealed BLOB,
  -- Opens the picture of the secret, which says it.
  picture_hash BLOB,
  created_at INTEGER NOT NULL,
  UNIQUE (user_id, type)
) STRICT, WITHOUT ROWID;

-- Codes that were sent for factors. The last one counts; the row stays to tell when it was sent.
CREATE TABLE factor_codes (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  factor_id TEXT NOT NULL,
  -- Null after it was used.
  code_digest TEXT,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, method)
) STRICT, WITHOUT ROWID;
