-- What people do about their own account by the MyAccount API.

-- What the person calls it.
ALTER TABLE enrollments ADD COLUMN nickname TEXT;

-- A passkey that is being made: what it has to sign.
CREATE TABLE webauthn_registrations (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  challenge TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
