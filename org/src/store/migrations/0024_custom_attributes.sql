-- Attributes that were added to the schemas of users and groups. `definition` is JSON in Okta's shape.
CREATE TABLE custom_attributes (
  kind TEXT NOT NULL CHECK (kind IN ('USER', 'GROUP')),
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- The values of a group, as JSON. Those of a user are in the profile.
ALTER TABLE groups ADD COLUMN custom TEXT NOT NULL DEFAULT '{}';

-- People and groups that a group belongs to.
CREATE TABLE group_owners (
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  owner_id TEXT GENERATED ALWAYS AS (coalesce(user_id, owner_group_id)) STORED,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  owner_group_id TEXT REFERENCES groups (id) ON DELETE CASCADE,
  updated_at INTEGER NOT NULL,
  CHECK ((user_id IS NULL) <> (owner_group_id IS NULL)),
  UNIQUE (group_id, owner_id)
) STRICT;
CREATE INDEX group_owners_by_user ON group_owners (user_id);
CREATE INDEX group_owners_by_group ON group_owners (owner_group_id);
