-- Apps with all their settings. `client` and `presentation` are JSON in Okta's shapes: of `settings.oauthClient`, and of what
-- people and administrators see.

ALTER TABLE apps ADD COLUMN client TEXT NOT NULL DEFAULT '{}';
ALTER TABLE apps ADD COLUMN presentation TEXT NOT NULL DEFAULT '{}';
-- Whether everybody has the app, without an assignment.
ALTER TABLE apps ADD COLUMN implicit_assignment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE apps ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE apps SET updated_at = created_at;

-- Where a URI stands in the list of the app.
ALTER TABLE app_uris ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

-- An app with a secret may have two, so that one can follow the other.
CREATE TABLE app_secrets (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  secret_sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX app_secrets_by_app ON app_secrets (app_id);
INSERT INTO app_secrets (id, app_id, status, secret_sealed, created_at, updated_at)
SELECT 'ocs' || substr(hex(randomblob(9)), 1, 17), id, 'ACTIVE', secret_sealed, created_at, created_at
FROM apps WHERE secret_sealed IS NOT NULL;
ALTER TABLE apps DROP COLUMN secret_sealed;

-- The public keys by which an app shows that it is itself. `jwk` is the key alone (RFC 7517).
CREATE TABLE app_keys (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  kid TEXT,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  jwk TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (app_id, kid)
) STRICT, WITHOUT ROWID;

-- The scopes of Okta's API that an app may ask for.
CREATE TABLE app_grants (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  issuer TEXT NOT NULL,
  -- Who granted it.
  user_id TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (app_id, scope)
) STRICT, WITHOUT ROWID;

ALTER TABLE app_groups ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app_groups ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE app_groups ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app_groups ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE app_groups SET created_at = (SELECT created_at FROM apps WHERE apps.id = app_id);
UPDATE app_groups SET updated_at = created_at;
CREATE INDEX app_groups_by_group ON app_groups (group_id);

-- Under which name the app knows the user; null: under their login.
ALTER TABLE app_users ADD COLUMN user_name TEXT;
ALTER TABLE app_users ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE app_users ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app_users ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE app_users SET created_at = (SELECT created_at FROM apps WHERE apps.id = app_id);
UPDATE app_users SET updated_at = created_at;
CREATE INDEX app_users_by_user ON app_users (user_id);

DROP VIEW issue_facts;
-- What must be known of a user and an app before a token may be issued or honoured.
CREATE VIEW issue_facts AS
SELECT
  users.id AS user_id,
  users.status AS user_status,
  apps.id AS app_id,
  apps.status AS app_status,
  apps.implicit_assignment OR EXISTS (
    SELECT 1 FROM app_users WHERE app_users.app_id = apps.id AND app_users.user_id = users.id
  ) OR EXISTS (
    SELECT 1 FROM group_members JOIN app_groups USING (group_id)
    WHERE group_members.user_id = users.id AND app_groups.app_id = apps.id
  ) AS is_assigned
FROM users CROSS JOIN apps;
