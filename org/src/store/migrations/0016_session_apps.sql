-- Apps that a session has signed in to, authorization requests that apps pushed, and devices that wait for a person elsewhere.

-- Which servers told which apps of a session: those who are told when it ends.
CREATE TABLE session_apps (
  session_hash BLOB NOT NULL REFERENCES sessions (handle_hash) ON DELETE CASCADE,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  server TEXT NOT NULL,
  PRIMARY KEY (session_hash, app_id, server)
) STRICT, WITHOUT ROWID;

-- RFC 9126. `parameters` is the request as a query, without credentials.
CREATE TABLE pushed_requests (
  request_hash BLOB PRIMARY KEY,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  parameters TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pushed_requests_by_expiry ON pushed_requests (expires_at);

-- RFC 8628. An allowed one has an authorization code under the same hash, for the device to redeem.
CREATE TABLE device_authorizations (
  device_code_hash BLOB PRIMARY KEY,
  -- The code that a person types. Short, so it is kept as an HMAC under the key file.
  user_code_hash BLOB NOT NULL UNIQUE,
  server TEXT NOT NULL,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  -- What is known of the device: its address and what it calls itself.
  address TEXT,
  user_agent TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('PENDING', 'ALLOWED', 'DENIED')),
  -- Seconds that must lie between two polls, and when the last was.
  interval INTEGER NOT NULL,
  polled_at INTEGER,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_authorizations_by_expiry ON device_authorizations (expires_at);
