-- Switches of the org as a whole. One that has no row is as it was when the org was made.

CREATE TABLE org_settings (
  name TEXT PRIMARY KEY,
  -- JSON
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
