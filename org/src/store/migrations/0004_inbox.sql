-- What the org sent to people, by mail, text message and voice call.

CREATE TABLE messages (
  -- Rises with time and is never used twice, so that a reader can ask for what came after.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL CHECK (channel IN ('EMAIL', 'SMS', 'VOICE')),
  recipient TEXT NOT NULL COLLATE NOCASE,
  template TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT,
  code TEXT,
  link TEXT,
  sent_at INTEGER NOT NULL,
  -- Whether a mail server is still to get it.
  pending INTEGER NOT NULL,
  -- When a mail server took it.
  delivered_at INTEGER
) STRICT;
CREATE INDEX messages_by_recipient ON messages (recipient, id);
CREATE INDEX messages_pending ON messages (id) WHERE pending = 1;

-- What becomes of a message, as the org was last started: whether people can read it here, and whether a mail server gets it.
CREATE TABLE message_delivery (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kept INTEGER NOT NULL,
  mailed INTEGER NOT NULL
) STRICT;
INSERT INTO message_delivery (id, kept, mailed) VALUES (1, 0, 0);
