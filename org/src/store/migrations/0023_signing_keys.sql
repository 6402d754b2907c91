-- A key that was replaced stays published until the tokens that it signed have ended, however many follow it.
CREATE TABLE signing_keys_new (
  kid TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('CURRENT', 'NEXT', 'EXPIRED')),
  private_sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  -- From a rotation on.
  published_until INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO signing_keys_new (kid, server, role, private_sealed, created_at)
SELECT kid, server, role, private_sealed, created_at FROM signing_keys;
DROP TABLE signing_keys;
ALTER TABLE signing_keys_new RENAME TO signing_keys;
CREATE UNIQUE INDEX signing_keys_in_turn ON signing_keys (server, role) WHERE role <> 'EXPIRED';
CREATE INDEX signing_keys_by_server ON signing_keys (server);
