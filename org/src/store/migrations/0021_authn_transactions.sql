-- Sign-ins by the authentication API that lack something. `proofs` is JSON.
CREATE TABLE authn_transactions (
  token_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('PASSWORD_EXPIRED', 'MFA_ENROLL', 'MFA_REQUIRED')),
  proofs TEXT NOT NULL,
  -- The factor that is asked for, once one was chosen and a code was sent.
  factor_id TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX authn_transactions_by_user ON authn_transactions (user_id);
CREATE INDEX authn_transactions_by_expiry ON authn_transactions (expires_at);
