-- Authorization servers as the management API changes them: their policies, scopes and claims, and keys that have had their turn.

-- Where a server is: `default` for the one that every org begins with, its id for the others.
ALTER TABLE authorization_servers ADD COLUMN is_default INTEGER NOT NULL DEFAULT 0;
ALTER TABLE authorization_servers ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE authorization_servers ADD COLUMN status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'INACTIVE'));
ALTER TABLE authorization_servers ADD COLUMN issuer_mode TEXT NOT NULL DEFAULT 'ORG_URL';
ALTER TABLE authorization_servers ADD COLUMN rotation_mode TEXT NOT NULL DEFAULT 'AUTO' CHECK (rotation_mode IN ('AUTO', 'MANUAL'));
ALTER TABLE authorization_servers ADD COLUMN rotated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE authorization_servers ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE authorization_servers SET
  is_default = (name = 'default'),
  description = 'Default Authorization Server for your Applications',
  issuer_mode = 'DYNAMIC',
  rotation_mode = 'MANUAL',
  rotated_at = created_at,
  updated_at = created_at;

-- `clients` is a JSON list of app ids, or `["ALL_CLIENTS"]`.
CREATE TABLE server_policies (
  id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES authorization_servers (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  description TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  priority INTEGER NOT NULL,
  system INTEGER NOT NULL,
  clients TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (server_id, name)
) STRICT, WITHOUT ROWID;

-- `conditions` and `token` (what the rule gives) are JSON.
CREATE TABLE server_policy_rules (
  id TEXT PRIMARY KEY,
  policy_id TEXT NOT NULL REFERENCES server_policies (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  priority INTEGER NOT NULL,
  system INTEGER NOT NULL,
  conditions TEXT NOT NULL,
  token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (policy_id, name)
) STRICT, WITHOUT ROWID;

-- The rules there were become those of one policy.
INSERT INTO server_policies (id, server_id, name, description, status, priority, system, clients, created_at, updated_at)
SELECT '00p' || substr(hex(randomblob(9)), 1, 17), id, 'Default Policy', 'Default policy', 'ACTIVE', 1, 0, '["ALL_CLIENTS"]',
  created_at, created_at
FROM authorization_servers
WHERE EXISTS (SELECT 1 FROM server_rules WHERE server_id = authorization_servers.id);
INSERT INTO server_policy_rules (id, policy_id, name, status, priority, system, conditions, token, created_at, updated_at)
SELECT '0pr' || substr(hex(randomblob(9)), 1, 17), server_policies.id, rule ->> '$.name', 'ACTIVE', server_rules.priority, 0,
  json_object(
    'people', json_object(
      'users', json_object('include', json_array(), 'exclude', json_array()),
      'groups', json_object('include', json_array('EVERYONE'), 'exclude', json_array())
    ),
    'grantTypes', json_object('include', json(rule -> '$.grantTypes')),
    'scopes', json_object('include', json(rule -> '$.scopes'))
  ),
  json_object(
    'accessTokenLifetimeMinutes', rule -> '$.accessTokenLifetimeMinutes',
    'refreshTokenLifetimeMinutes', 0,
    'refreshTokenWindowMinutes', 10080
  ),
  server_policies.created_at, server_policies.created_at
FROM server_rules JOIN server_policies USING (server_id);
DROP TABLE server_rules;

CREATE TABLE server_scopes (
  id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES authorization_servers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  display_name TEXT,
  description TEXT,
  consent TEXT NOT NULL CHECK (consent IN ('IMPLICIT', 'REQUIRED', 'FLEXIBLE')),
  metadata_publish TEXT NOT NULL CHECK (metadata_publish IN ('ALL_CLIENTS', 'NO_CLIENTS')),
  is_default INTEGER NOT NULL,
  optional INTEGER NOT NULL,
  system INTEGER NOT NULL,
  -- The order of the list.
  place INTEGER NOT NULL,
  UNIQUE (server_id, name)
) STRICT, WITHOUT ROWID;

-- `scopes` is a JSON list of names; the claim is for tokens with one of them, or for all when it is empty.
CREATE TABLE server_claims (
  id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES authorization_servers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  claim_type TEXT NOT NULL CHECK (claim_type IN ('IDENTITY', 'RESOURCE')),
  value_type TEXT NOT NULL CHECK (value_type IN ('EXPRESSION', 'GROUPS', 'SYSTEM')),
  value TEXT,
  group_filter_type TEXT CHECK (group_filter_type IN ('STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX')),
  always_included INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  system INTEGER NOT NULL,
  place INTEGER NOT NULL,
  UNIQUE (server_id, claim_type, name)
) STRICT, WITHOUT ROWID;

-- A key that was replaced stays published until the tokens that it signed have ended.
CREATE TABLE signing_keys_new (
  kid TEXT PRIMARY KEY,
  server TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('CURRENT', 'NEXT', 'EXPIRED')),
  private_sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (server, role)
) STRICT, WITHOUT ROWID;
INSERT INTO signing_keys_new (kid, server, role, private_sealed, created_at)
SELECT kid, server, role, private_sealed, created_at FROM signing_keys;
DROP TABLE signing_keys;
ALTER TABLE signing_keys_new RENAME TO signing_keys;
