-- The authenticators that the org offers, by Okta's keys.
CREATE TABLE authenticators (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who can use which authenticator. The password is not among them: it stands with the user.
CREATE TABLE enrollments (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  authenticator_key TEXT NOT NULL,
  -- What of it is not secret: an address, a number, a public key, a question with the hash of its answer.
  profile TEXT NOT NULL,
  secret_sealed BLOB,
  -- Of a passkey, so that it says by itself whose it is.
  credential_id BLOB UNIQUE,
  -- The last time step of which a code was used.
  last_step INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX enrollments_by_user ON enrollments (user_id);
-- A person may have several passkeys, and one of everything else.
CREATE UNIQUE INDEX enrollments_one_each ON enrollments (user_id, authenticator_key) WHERE authenticator_key <> 'webauthn';

-- Failures to prove who one is. `lane` is a device that the user has signed in with, or empty for all others together.
CREATE TABLE attempts (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  lane BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('PASSWORD', 'CODE')),
  -- Since the last success or unlock.
  failures INTEGER NOT NULL,
  -- Since the last success, however often it was unlocked by time.
  total INTEGER NOT NULL,
  last_failed_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, lane, kind)
) STRICT, WITHOUT ROWID;

-- The devices that a user has signed in with.
CREATE TABLE known_devices (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  device_hash BLOB NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, device_hash)
) STRICT, WITHOUT ROWID;

-- The passwords that a user had before.
CREATE TABLE password_history (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  password_hash TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, replaced_at, password_hash)
) STRICT, WITHOUT ROWID;

-- The email address as it is compared. Unlike the login it may belong to several users.
ALTER TABLE users ADD COLUMN email_key TEXT;
UPDATE users SET email_key = lower(trim(json_extract(profile, '$.email')));
CREATE INDEX users_by_email ON users (email_key);

-- Those who were here before there were enrollments have an address that was taken for theirs, if it is a plain one.
INSERT INTO enrollments (id, user_id, authenticator_key, profile, created_at, updated_at)
SELECT
  'eae' || substr(hex(randomblob(9)), 1, 17), id, 'okta_email', json_object('address', email_key), created_at, created_at
FROM users
WHERE status = 'ACTIVE'
  AND email_key LIKE '%_@_%._%' AND email_key NOT LIKE '%@%@%' AND length(email_key) <= 64
  AND email_key NOT GLOB '*[^a-z0-9@._+-]*' AND email_key NOT GLOB '*@*[^a-z0-9.-]*'
  AND email_key NOT GLOB '*[@.-][@.-]*' AND email_key NOT GLOB '[.-]*' AND email_key NOT GLOB '*[.-]'
  -- No address of a machine in place of a name.
  AND email_key NOT GLOB '*@*.[0-9]*';
