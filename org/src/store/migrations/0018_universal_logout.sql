-- Where an app is told that somebody is to be signed out of everything, as JSON; null: nowhere.
ALTER TABLE apps ADD COLUMN universal_logout TEXT;

-- Apps that are still to be told. The person may be gone by then, so that what the System Log says of them stands here.
CREATE TABLE universal_logout_errands (
  id INTEGER PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  -- The subject identifier (RFC 9493) as JSON.
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_login TEXT NOT NULL,
  user_name TEXT NOT NULL,
  -- What brought it about, and in which request.
  event TEXT NOT NULL,
  request TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX universal_logout_errands_by_due ON universal_logout_errands (due_at);
